import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toActionRefusal } from '@/app/action-refusal';
import { answerRequest } from '@/app/api/answer-request';
import * as audit from '@/app/api/v1/audit/route';
import * as access from '@/app/api/v1/routings/[id]/access/route';
import * as check from '@/app/api/v1/routings/[id]/checks/route';
import * as contacts from '@/app/api/v1/routings/[id]/contacts/route';
import * as links from '@/app/api/v1/routings/[id]/hand-over-links/route';
import * as routing from '@/app/api/v1/routings/[id]/route';
import * as webhook from '@/app/api/v1/routings/[id]/webhook/route';
import * as routings from '@/app/api/v1/routings/route';
import { createLogger } from '@/lib/platform/logger';
import { createQueues } from '@/lib/platform/queues/create-queues';
import { readAccessCheck } from '@/lib/services/access-check/read';
import { createApiToken } from '@/lib/services/api-token/create';
import type { Ctx } from '@/lib/services/context';
import { enterAccess } from '@/lib/services/credential/enter-access';
import { type CheckBench, createCheckBench } from '@/lib/testing/access-check';
import { createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { openQueueBackend, type QueueBackend } from '@/lib/testing/queue-backend';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { waitUntil } from '@/lib/testing/wait-until';
import { serveWebFrom } from '@/lib/testing/web-process';
import { createAccessCheckServices } from '@/workers/access-check/create-access-check-services';
import { searchInstance } from './search-instance';
import { type Needle, needleOf, secretsIn } from './secret-forms';

const SECRET = 'pLaNtEd/sEcReT+0123456789abcdefABCDEF';
const KEY_ID = 'AKIAPLANTEDKEYIDABCD';
/** Where nothing listens: the check asks it, and fails. */
const NOWHERE = 'http://127.0.0.1:9';

type Handler = (request: Request, segment: { params: Promise<never> }) => Promise<Response>;

let database: TestDatabase;
let backend: QueueBackend;
let bench: CheckBench;
let tenant: TestTenant;
let ctx: Ctx;
let token: string;
let routingId: string;
const answers: string[] = [];
const needles: Needle[] = [needleOf('the secret access key', SECRET)];

beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 10 });
  await serveWebFrom(database);
  process.env.SLUICE_S3_ENDPOINTS = NOWHERE;
  backend = openQueueBackend(database);
  bench = createCheckBench(database);
  tenant = await createTenant(database.sql);
  ctx = await createCtxFactory(database).ctxOf('admin');
  ({ token } = await createApiToken({ ctx, input: { name: 'Test' } }));
  const input = { ...routingInput(tenant), endpoint: NOWHERE, accessKeyId: KEY_ID, secretAccessKey: SECRET };
  const { body } = await call(routings.POST, 'POST', input);
  routingId = (JSON.parse(body) as { routing: { id: string } }).routing.id;
}, 120_000);
afterAll(async () => {
  bench.close();
  await backend.close();
  await database.close();
});

/** Calls a route; its answer, refusals too, is kept to be searched. */
async function call(handler: unknown, method: string, body?: unknown, isShownOnce = false) {
  const response = await (handler as Handler)(
    new Request('http://127.0.0.1:3000/api/v1/x', {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ id: routingId } as never) },
  );
  const text = await response.text();
  if (!isShownOnce) answers.push(`${[...response.headers].join('\n')}\n${text}`);
  return { status: response.status, body: text };
}

/** What a server action answers to what a verb throws. */
async function refusalOf(verb: () => Promise<unknown>) {
  const error = await verb().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return toActionRefusal(error, { requestId: 'r', logger: createLogger('test', 'silent') });
}

const found = () => answers.flatMap((answer) => secretsIn(answer, needles));

async function redisTexts(url: string, prefix: string): Promise<string[]> {
  const redis = new Redis(url);
  const texts: string[] = [];
  for (const key of await redis.keys(`${prefix}:*`)) {
    const type = await redis.type(key);
    if (type === 'hash') texts.push(JSON.stringify(await redis.hgetall(key)));
    else if (type === 'string') texts.push((await redis.get(key)) ?? '');
    else if (type === 'list') texts.push(...(await redis.lrange(key, 0, -1)));
    else if (type === 'zset') texts.push(...(await redis.zrange(key, '0', '-1')));
    else if (type === 'set') texts.push(...(await redis.smembers(key)));
    else if (type === 'stream') texts.push(JSON.stringify(await redis.call('XRANGE', key, '-', '+')));
    else throw new Error(`A queue keeps a ${type}, which nobody searches`);
  }
  await redis.quit();
  return texts;
}

/** Everything at rest: every table, and the queue where it is not in one. */
async function searchAll(): Promise<readonly string[]> {
  const { found: stored } = await searchInstance({ databaseUrl: database.url, logDirectory: null }, needles);
  const { redisUrl, redisPrefix } = backend.options;
  const queued = redisUrl === undefined ? [] : await redisTexts(redisUrl, redisPrefix);
  return [...stored, ...queued.flatMap((text) => secretsIn(text, needles))];
}

test('no answer of the API holds a secret that came in, whatever is refused', async () => {
  const place = { endpoint: NOWHERE, bucket: 'aurora-events', region: 'eu-west-1', prefix: 'sluice/' };
  const misplaced = ['accessKeyId', 'bucket', 'region', 'prefix', 'name', 'roleArn', 'kind', 'kmsKeyArn'];
  for (const field of misplaced) {
    const wrong = { ...routingInput(tenant), ...place, [field]: `${SECRET} ${SECRET}`.repeat(9) };
    await call(routings.POST, 'POST', wrong);
    await call(access.POST, 'POST', {
      kind: 'keys',
      accessKeyId: KEY_ID,
      secretAccessKey: SECRET,
      [field]: SECRET,
    });
  }
  expect((await call(access.POST, 'POST', `{"secretAccessKey":"${SECRET}`)).status).toBe(400);
  await call(access.POST, 'POST', { [SECRET]: SECRET, secretAccessKey: [SECRET] });
  await call(contacts.PUT, 'PUT', { awsAdmin: SECRET, live: [SECRET] });
  await call(webhook.PUT, 'PUT', { url: `https://user:${encodeURIComponent(SECRET)}@hooks.aurora.example/` });
  for (const handler of [routing.GET, contacts.GET, check.GET, links.GET, audit.GET, routings.GET])
    expect((await call(handler, 'GET')).status).toBe(200);
  expect(found()).toEqual([]);
});

test('what breaks unexpectedly says nothing of its cause, as a route and as an action', async () => {
  const breaks = () => Promise.reject(new Error(`connect ECONNREFUSED, secret=${SECRET}`));
  const response = await answerRequest(new Request('http://127.0.0.1:3000/'), breaks);
  expect(response.status).toBe(500);
  answers.push(await response.text());
  const action = await refusalOf(breaks);
  expect(action.code).toBe('INTERNAL');
  answers.push(JSON.stringify(action));
  for (const input of [
    { kind: 'keys', accessKeyId: SECRET, secretAccessKey: SECRET, version: 99 },
    { kind: 'role', roleArn: SECRET, version: 1 },
    { kind: SECRET },
  ]) {
    const refused = await refusalOf(() => enterAccess({ ctx, input: { routingId, ...input } as never }));
    expect(refused.code).not.toBe('INTERNAL');
    answers.push(JSON.stringify(refused));
  }
  expect(found()).toEqual([]);
});

test('what is shown once is in that answer alone', async () => {
  const made = await call(webhook.PUT, 'PUT', { url: 'https://hooks.aurora.example/' }, true);
  const { secret } = JSON.parse(made.body) as { secret: string };
  const link = await call(links.POST, 'POST', { recipient: 'iam@aurora.example', isMailed: true }, true);
  const address = /https?:[^"]*#([\w-]{43})/.exec(link.body)?.[1] ?? '';
  expect(
    [secret.length, address.length].every((length) => length > 20),
    link.body,
  ).toBe(true);
  needles.push(needleOf('the webhook’s secret', secret), needleOf('the token of a link', address));
  for (const handler of [routing.GET, contacts.GET, links.GET, audit.GET]) await call(handler, 'GET');
  expect(found()).toEqual([]);
});

test('nothing at rest holds a secret: no table, no audit row, and no job while a check runs through the queue', async () => {
  const logger = createLogger('test', 'silent');
  const queues = await createQueues({ ...backend.options, consumersMax: 2, logger });
  expect((await call(check.POST, 'POST')).status).toBe(202);
  const services = createAccessCheckServices(bench.deps, queues);
  for (const service of services) await service.start();
  await waitUntil(
    'the check has failed',
    async () => (await readAccessCheck(database.db, { routingId }))?.state === 'failed',
    60_000,
  );
  expect(await searchAll()).toEqual([]);
  for (const service of services) await service.stop(10_000);
  await queues.close();
  await call(check.GET, 'GET');
  expect(found()).toEqual([]);
});

test('the search bites: a secret planted in a job, an audit row or an answer is found', async () => {
  await database.db.auditEvent.create({
    data: { actor: 'user:x', action: 'test.plant', target: 'x', detail: { why: SECRET } },
  });
  const { redisUrl, redisPrefix } = backend.options;
  if (redisUrl !== undefined) {
    const redis = new Redis(redisUrl);
    await redis.hset(`${redisPrefix}:planted`, 'data', JSON.stringify({ secret: SECRET }));
    await redis.quit();
  }
  const planted = await searchAll();
  expect(planted).toContain('the secret access key in the table public.audit_event');
  if (redisUrl !== undefined) expect(planted).toContain('the secret access key');
  answers.splice(0, answers.length, JSON.stringify({ error: { message: `wrong secret ${SECRET}` } }));
  expect(found()).toEqual(['the secret access key']);
});
