import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CaughtMails, catchMails } from '@/lib/testing/mails';
import { MailError } from './mail-error';
import { createMailer } from './mailer';

const FROM = 'Sluice <sluice@vendor.example>';
let mails: CaughtMails;
beforeAll(async () => {
  mails = await catchMails((to) => (to.startsWith('gone') ? 550 : to.startsWith('busy') ? 451 : null));
});
afterAll(() => mails.close());

const mail = (to: string) => ({ id: 'n-1', to, subject: 'Größe', text: 'Guten Tag, ü', html: '<p>ü</p>' });
const codeOf = (attempt: Promise<void>) =>
  attempt.then(
    () => 'taken',
    (error: unknown) => (error instanceof MailError ? error.code : error),
  );

test('a mail arrives with both texts and the id that its sender gave it', async () => {
  await createMailer({ smtpUrl: mails.url, from: FROM }).send(mail('data@aurora.example'));
  const caught = mails.read().at(-1);
  expect(caught?.headers).toMatchObject({
    to: 'data@aurora.example',
    from: FROM,
    'message-id': '<n-1@vendor.example>',
    'auto-submitted': 'auto-generated',
  });
  expect(caught?.text).toContain('Guten Tag, ü');
  expect(caught?.text).toContain('<p>ü</p>');
});

test('neither subject nor recipient can begin another header or add a recipient', async () => {
  const before = mails.read().length;
  const mailer = createMailer({ smtpUrl: mails.url, from: FROM });
  await mailer.send({
    ...mail('data@aurora.example'),
    subject: 'Hello\r\nBcc: thief@evil.example\r\n\r\nText',
  });
  const caught = mails.read().at(-1);
  expect(Object.keys(caught?.headers ?? {})).not.toContain('bcc');
  expect(caught?.headers.subject).toContain('Hello');
  await codeOf(mailer.send(mail('data@aurora.example\r\nRCPT TO:<thief@evil.example>')));
  await codeOf(mailer.send(mail('data@aurora.example, thief@evil.example')));
  for (const { raw } of mails.read().slice(before)) expect(raw).not.toMatch(/^(to|cc|bcc):.*thief/im);
});

test.each([
  ['gone@aurora.example', 'RECIPIENT_REFUSED'],
  ['busy@aurora.example', 'SERVER_REFUSED'],
])('%s answers %s', async (to, code) => {
  expect(await codeOf(createMailer({ smtpUrl: mails.url, from: FROM }).send(mail(to)))).toBe(code);
});

test('a password is not sent to a server that offers no encryption', async () => {
  const smtpUrl = mails.url.replace('smtp://', 'smtp://user:secret@');
  const attempt = createMailer({ smtpUrl, from: FROM }).send(mail('data@aurora.example'));
  expect(await codeOf(attempt)).not.toBe('taken');
});

test('a server that is not there is unreachable; one that is silent ends at the deadline', async () => {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const silent = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: FROM, deadlineMs: 200 });
  expect(await codeOf(silent.send(mail('data@aurora.example')))).toBe('TIMED_OUT');
  for (const socket of sockets) socket.destroy();
  await new Promise((done) => server.close(done));
  const missing = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: FROM });
  expect(await codeOf(missing.send(mail('data@aurora.example')))).toBe('UNREACHABLE');
});
