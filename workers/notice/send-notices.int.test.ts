import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Notice } from '@/lib/domain/notice/notice';
import { createLogger } from '@/lib/platform/logger';
import { createMailer } from '@/lib/platform/mailer/mailer';
import { createOutbound } from '@/lib/platform/outbound/outbound';
import { setContacts } from '@/lib/services/contact/set';
import { setWebhook } from '@/lib/services/contact/set-webhook';
import type { Ctx } from '@/lib/services/context';
import { enqueueNotice } from '@/lib/services/notice/enqueue';
import { listNotices } from '@/lib/services/notice/list';
import { noticeFirstFiles } from '@/lib/services/notice/notice-first-files';
import { createOutbox } from '@/lib/services/notice/outbox';
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
let receiver: http.Server;
let origin: string;
let answerWith = 204;
let shard = 0;
const calls: { headers: Record<string, string>; body: string }[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  designer = await people.ctxOf('technical_services');
  mails = await catchMails((to) => (to.startsWith('gone') ? 550 : null));
  receiver = http.createServer((request, response) => {
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
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(async () => {
  receiver.closeAllConnections();
  await new Promise((done) => receiver.close(done));
  await mails.close();
  await database.close();
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
    expect(mailsTo(to)[0]?.text).toContain(`s3://aurora-events/${KEY}`);
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
  await setWebhook({ ctx: designer, input: { routingId, url: 'https://169.254.169.254/latest/' } });
  await deliverFirstFile(routingId);
  await noticeFirstFiles(database.sql);
  await sendRound(depsOf({ outbound: createOutbound({ allowedOrigins: [] }) }), 10);
  expect(await told(routingId)).toMatchObject([{ state: 'queued', cause: 'forbidden_address' }]);
});
