import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Notice } from '@/lib/domain/notice/notice';
import { createLogger } from '@/lib/platform/logger';
import { createMailer } from '@/lib/platform/mailer/mailer';
import { createOutbound } from '@/lib/platform/outbound/outbound';
import { removeWebhook } from '@/lib/services/contact/remove-webhook';
import { setContacts } from '@/lib/services/contact/set';
import { setWebhook } from '@/lib/services/contact/set-webhook';
import type { Ctx } from '@/lib/services/context';
import { enqueueNotice } from '@/lib/services/notice/enqueue';
import { forgetNotices } from '@/lib/services/notice/forget';
import { listNotices } from '@/lib/services/notice/list';
import { noticeFirstFiles } from '@/lib/services/notice/notice-first-files';
import { createOutbox } from '@/lib/services/notice/outbox';
import { sendNoticeAgain } from '@/lib/services/notice/send-again';
import { createRouting } from '@/lib/services/routing/create';
import { type CtxFactory, createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { type CaughtMails, catchMails } from '@/lib/testing/mails';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { NoticeDeps } from './notice-deps';
import { sendRound } from './send-round';

const LINK = 'https://sluice.example/h/1#a-token-that-nobody-may-find';
const KEY = 'sluice/type=events/year=2026/month=01/day=15/hour=14/first';

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let designer: Ctx;
let mails: CaughtMails;
let origin: string;
let answerWith = 204;
let shard = 0;
/** Whatever was begun, also when what follows it was not. */
const closing: (() => Promise<unknown>)[] = [];
const calls: { headers: Record<string, string>; body: string }[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  closing.push(database.close);
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  mails = await catchMails((to) => (to.startsWith('gone') ? 550 : null));
  closing.push(mails.close);
  const receiver = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      calls.push({
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(parts).toString('utf8'),
      });
      response.writeHead(answerWith).end();
    });
  });
  await new Promise<void>((done, fail) => receiver.once('error', fail).listen(0, '127.0.0.1', done));
  closing.push(async () => {
    receiver.closeAllConnections();
    await new Promise((done) => receiver.close(done));
  });
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  designer = { ...(await people.ctxOf('technical_services')), openOrigins: [origin] };
}, 120_000);
afterAll(async () => {
  await Promise.allSettled(closing.toReversed().map((close) => close()));
});

function depsOf(changes: Partial<NoticeDeps> = {}): NoticeDeps {
  return {
    outbox: createOutbox(database.sql, { leaseMs: 60_000 }),
    mailer: createMailer({ smtpUrl: mails.url, from: 'Sluice <sluice@vendor.example>' }),
    outbound: createOutbound({ allowedOrigins: [origin] }),
    open: people.opener.open,
    vendorName: 'Vendor',
    nowMs: Date.now,
    random: () => 0,
    logger: createLogger('notices', 'silent'),
    ...changes,
  };
}

async function makeRouting(): Promise<string> {
  const { routing } = await createRouting({ ctx: designer, input: routingInput(tenant) });
  return routing.id;
}

const linkNotice: Notice = {
  kind: 'hand_over_link',
  facts: {
    organizationName: 'Aurora',
    routingName: 'Main site',
    bucket: 'aurora-events',
    region: 'eu-west-1',
    prefix: 'sluice/',
    sentBy: null,
    expiresAt: '2026-01-22T14:31:00.000Z',
  },
};

async function enqueueLink(to: string, routingId?: string): Promise<string> {
  const id = routingId ?? (await makeRouting());
  const secret = { sealer: designer.sealer, text: LINK };
  const { organizationId } = tenant;
  await database.db.$transaction((tx) =>
    enqueueNotice(tx, { organizationId, routingId: id, notice: linkNotice, to: [to], secret }),
  );
  return id;
}

/** The routing as it is once its first file has been confirmed. */
async function deliverFirstFile(routingId: string): Promise<void> {
  await database.sql.query(
    `WITH s AS (
       INSERT INTO log.stream (organization_id, workspace_id, type, shard) VALUES ($3, $2, 'events', $5) RETURNING id),
     l AS (
       INSERT INTO lane (organization_id, routing_id, stream_id, next, done) SELECT $3, $1, id, 1, 1 FROM s RETURNING *),
     c AS (
       INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
         raw_bytes, body_bytes, state, committed_at)
       SELECT organization_id, routing_id, id, 1, 1, 0, 0, 'age', 1, 1, 1, 'committed', now() FROM l RETURNING *)
     INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, lo, hi, kind,
       rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state, gzip_bytes, delivered_at)
     SELECT gen_random_uuid(), organization_id, routing_id, id, 0, '', 'aurora-events', $4, 'events', 0, 0,
       'stitched', 7, 1, 1, now(), now(), 1, 'delivered', 1, now() FROM c`,
    [routingId, tenant.workspaceId, tenant.organizationId, `${KEY}-${shard}`, shard++],
  );
  await database.sql.query(`UPDATE routing SET lifecycle = 'active' WHERE id = $1`, [routingId]);
}

const told = async (routingId: string) =>
  (await listNotices({ ctx: designer, input: { routingId } })).notices;
const makeDue = (routingId: string) =>
  database.sql.query(`UPDATE notice SET not_before = now(), lease_until = NULL WHERE routing_id = $1`, [
    routingId,
  ]);
const mailsTo = (to: string) => mails.read().filter(({ headers }) => headers.to === to);

test('the address of a link is in the mail only, and erased once it was sent', async () => {
  const to = `${randomUUID()}@aurora.example`;
  const routingId = await enqueueLink(to);
  const { rows: waiting } = await database.sql.query('SELECT * FROM notice WHERE routing_id = $1', [
    routingId,
  ]);
  expect(JSON.stringify(waiting)).not.toContain('a-token-that');
  await sendRound(depsOf(), 10);
  const [mail] = mailsTo(to);
  expect(mail?.text).toContain(LINK);
  const { rows } = await database.sql.query('SELECT payload_sealed FROM notice WHERE routing_id = $1', [
    routingId,
  ]);
  expect(rows).toEqual([{ payload_sealed: null }]);
  expect(await told(routingId)).toMatchObject([{ to, state: 'sent', tries: 1, cause: null }]);
});

test('a worker that dies between sending and recording is followed by a mail of the same id', async () => {
  const to = `${randomUUID()}@aurora.example`;
  const routingId = await enqueueLink(to);
  const outbox = createOutbox(database.sql, { leaseMs: 60_000 });
  const dying = { ...outbox, settle: () => Promise.reject(new Error('killed')) };
  await expect(sendRound(depsOf({ outbox: dying }), 10)).rejects.toThrow('killed');
  await sendRound(depsOf(), 10);
  expect(mailsTo(to)).toHaveLength(1);
  await makeDue(routingId);
  await sendRound(depsOf(), 10);
  const ids = mailsTo(to).map(({ headers }) => headers['message-id']);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
  expect(await told(routingId)).toMatchObject([{ state: 'sent', tries: 2 }]);
});

test('of several workers one takes a notice', async () => {
  const to = `${randomUUID()}@aurora.example`;
  await enqueueLink(to);
  await Promise.all(Array.from({ length: 4 }, () => sendRound(depsOf(), 10)));
  expect(mailsTo(to)).toHaveLength(1);
});

test('without a mail server a mail waits, says so, and leaves once there is one', async () => {
  const to = `${randomUUID()}@aurora.example`;
  const routingId = await enqueueLink(to);
  await sendRound(depsOf({ mailer: null }), 10);
  expect(await told(routingId)).toMatchObject([{ state: 'queued', cause: 'not_configured', tries: 0 }]);
  await makeDue(routingId);
  await sendRound(depsOf(), 10);
  expect(mailsTo(to)).toHaveLength(1);
});

test('a recipient that is refused for good is given up, visibly and without the secret', async () => {
  const routingId = await enqueueLink(`gone-${randomUUID()}@aurora.example`);
  await sendRound(depsOf(), 10);
  expect(await told(routingId)).toMatchObject([
    { state: 'given_up', cause: 'recipient_refused', sentAt: null, nextTryAt: null },
  ]);
});

test('the first file is told once: to every contact, and to the webhook with a signature that verifies', async () => {
  const routingId = await makeRouting();
  const live = [`${randomUUID()}@aurora.example`, `${randomUUID()}@aurora.example`];
  await setContacts({ ctx: designer, input: { routingId, awsAdmin: 'iam@aurora.example', live } });
  const { secret } = await setWebhook({ ctx: designer, input: { routingId, url: `${origin}/hook` } });
  await noticeFirstFiles(database.sql);
  expect(await told(routingId)).toEqual([]);
  await deliverFirstFile(routingId);
  await Promise.all(Array.from({ length: 4 }, () => noticeFirstFiles(database.sql)));
  await database.sql.query(`UPDATE routing SET lifecycle = 'paused' WHERE id = $1`, [routingId]);
  await noticeFirstFiles(database.sql);
  const before = calls.length;
  await sendRound(depsOf(), 10);
  const notices = await told(routingId);
  expect(notices.map(({ to }) => to).sort()).toEqual([...live, origin].sort());
  expect(notices.every(({ state, kind }) => state === 'sent' && kind === 'live')).toBe(true);
  for (const to of live) {
    expect(mailsTo(to)).toHaveLength(1);
    const text = mailsTo(to)[0]?.text;
    for (const part of [`s3://aurora-events/${KEY}`, 'CREATE EXTERNAL TABLE sluice_events', 'read_json('])
      expect(text).toContain(part);
  }
  const [call, ...others] = calls.slice(before);
  expect(others).toEqual([]);
  const { body = '', headers = {} } = call ?? {};
  expect(new Webhook(secret).verify(body, headers)).toMatchObject({
    type: 'routing.live',
    data: { routingId, firstKey: expect.stringContaining(KEY), rows: 7, region: 'eu-west-1' },
  });
});

test('a receiver that fails gets the same id and body again later; one that is gone does not', async () => {
  const routingId = await makeRouting();
  await setWebhook({ ctx: designer, input: { routingId, url: `${origin}/hook` } });
  await deliverFirstFile(routingId);
  await noticeFirstFiles(database.sql);
  const before = calls.length;
  for (const status of [500, 302, 410]) {
    answerWith = status;
    await makeDue(routingId);
    await sendRound(depsOf(), 10);
    if (status === 500)
      expect(await told(routingId)).toMatchObject([{ state: 'queued', cause: 'answered_500', tries: 1 }]);
  }
  answerWith = 204;
  const made = calls.slice(before);
  expect(new Set(made.map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1);
  expect(made).toHaveLength(3);
  expect(await told(routingId)).toMatchObject([{ state: 'given_up', cause: 'receiver_gone', tries: 3 }]);
});

test('a webhook that points inside is not called, however it was entered', async () => {
  const routingId = await makeRouting();
  await setWebhook({ ctx: designer, input: { routingId, url: 'https://inside.example/latest/' } });
  await deliverFirstFile(routingId);
  await noticeFirstFiles(database.sql);
  const outbound = createOutbound({ allowedOrigins: [], resolve: async () => ['169.254.169.254'] });
  await sendRound(depsOf({ outbound }), 10);
  expect(await told(routingId)).toMatchObject([{ state: 'queued', cause: 'forbidden_address' }]);
});

test('a webhook over plain HTTP is refused where it is entered, with a sentence', async () => {
  const routingId = await makeRouting();
  const { openOrigins: _, ...ctx } = designer;
  const entering = setWebhook({ ctx, input: { routingId, url: `${origin}/hook` } });
  await expect(entering).rejects.toMatchObject({
    code: 'VALIDATION',
    issues: [{ field: 'url', message: expect.stringContaining('https://') }],
  });
});

test.each(['https://169.254.169.254/latest/', 'https://[::ffff:10.0.0.7]/', 'https://127.1/'])(
  'a webhook at the private address %s is refused where it is entered, with a sentence',
  async (url) => {
    const routingId = await makeRouting();
    await expect(setWebhook({ ctx: designer, input: { routingId, url } })).rejects.toMatchObject({
      code: 'VALIDATION',
      issues: [{ field: 'url', message: expect.stringContaining('private network') }],
    });
  },
);

test('what was sent or given up is sent again when somebody asks: once, as news of its own, and audited', async () => {
  const routingId = await makeRouting();
  const to = `${randomUUID()}@aurora.example`;
  await setContacts({ ctx: designer, input: { routingId, awsAdmin: null, live: [to] } });
  await deliverFirstFile(routingId);
  await noticeFirstFiles(database.sql);
  const [first] = await told(routingId);
  const again = () => sendNoticeAgain({ ctx: designer, input: { routingId, noticeId: first?.id ?? '' } });
  await expect(again()).rejects.toMatchObject({ code: 'PRECONDITION' });
  await sendRound(depsOf(), 10);
  const asked = await Promise.allSettled([again(), again()]);
  expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await sendRound(depsOf(), 10);
  const mailed = mailsTo(to);
  expect(mailed).toHaveLength(2);
  expect(new Set(mailed.map(({ headers }) => headers['message-id'])).size).toBe(2);
  expect((await told(routingId)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  const audit = await database.db.auditEvent.findMany({ where: { action: 'routing.send_notice_again' } });
  expect(audit).toMatchObject([{ target: `routing:${routingId}`, detail: { kind: 'live', to } }]);
});

test('a link that was mailed is not sent again: its address is gone', async () => {
  const routingId = await enqueueLink(`${randomUUID()}@aurora.example`);
  await sendRound(depsOf(), 10);
  const [notice] = await told(routingId);
  const again = sendNoticeAgain({ ctx: designer, input: { routingId, noticeId: notice?.id ?? '' } });
  await expect(again).rejects.toMatchObject({
    code: 'PRECONDITION',
    message: expect.stringContaining('Make a new link'),
  });
});

test('a call is sent again to the webhook as it is now', async () => {
  const routingId = await makeRouting();
  await setWebhook({ ctx: designer, input: { routingId, url: 'https://old.aurora.example/hook' } });
  await deliverFirstFile(routingId);
  await noticeFirstFiles(database.sql);
  await removeWebhook({ ctx: designer, input: { routingId } });
  await sendRound(depsOf(), 10);
  const [gone] = await told(routingId);
  expect(gone).toMatchObject({ state: 'given_up', cause: 'webhook_removed' });
  const again = () => sendNoticeAgain({ ctx: designer, input: { routingId, noticeId: gone?.id ?? '' } });
  await expect(again()).rejects.toMatchObject({ code: 'PRECONDITION' });
  await setWebhook({ ctx: designer, input: { routingId, url: `${origin}/new` } });
  await again();
  await sendRound(depsOf(), 10);
  expect((await told(routingId))[0]).toMatchObject({ to: origin, state: 'sent' });
});

test('what ended long ago is forgotten; what waits and what is young stays, and nobody is told anew', async () => {
  const routingId = await makeRouting();
  const live = [1, 2, 3].map((one) => `${one}-${randomUUID()}@aurora.example`);
  await setContacts({ ctx: designer, input: { routingId, awsAdmin: null, live } });
  await deliverFirstFile(routingId);
  await noticeFirstFiles(database.sql);
  const end = (to: string | undefined, days: number) =>
    database.sql.query(
      `UPDATE notice SET state = 'sent', ended_at = now() - $2 * interval '1 day' WHERE routing_id = $3 AND recipient = $1`,
      [to, days, routingId],
    );
  await end(live[0], 91);
  await end(live[1], 89);
  expect(await forgetNotices(database.sql)).toBe(1);
  expect((await told(routingId)).map(({ to }) => to).toSorted()).toEqual(live.slice(1).toSorted());
  await noticeFirstFiles(database.sql);
  expect(await told(routingId)).toHaveLength(2);
});
