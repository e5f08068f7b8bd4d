import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '@/lib/domain/access/actor';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createApiToken } from '@/lib/services/api-token/create';
import { createCtxFactory, TEST_ACCESS_KEY_ID, TEST_ENDPOINT, TEST_SECRET } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import {
  appendLines,
  createTestRouting,
  numberedLines,
  type TestRouting,
  thisHourMs,
} from '@/lib/testing/routing';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { serveWebFrom } from '@/lib/testing/web-process';
import { GET as receipt } from './[hour]/route';
import { GET as list } from './route';

/** Looked up once: the hour may end while the tests run. */
const HOUR_MS = thisHourMs();
const HOUR = new Date(HOUR_MS).toISOString().slice(0, 13);
const NEXT_HOUR = new Date(HOUR_MS + 3_600_000).toISOString();

let database: TestDatabase;
let routing: TestRouting;
let token: string;

async function tokenOf(role: Role, tenant: TestTenant): Promise<string> {
  const ctx = await createCtxFactory(database).ctxOf(role, tenant);
  return (await createApiToken({ ctx, input: { name: 'Test' } })).token;
}

beforeAll(async () => {
  database = await createTestDatabase();
  await serveWebFrom(database);
  const access = { accessKeyId: TEST_ACCESS_KEY_ID, secretAccessKey: TEST_SECRET };
  const store = { endpoint: TEST_ENDPOINT, bucket: 'aurora-events', region: 'eu-west-1', ...access };
  routing = await createTestRouting({ sql: database.sql, store });
  const log = createPostgresEventLog({ sql: database.sql });
  await appendLines(log, routing.streamId, numberedLines('api', 12), { hourMs: HOUR_MS });
  token = await tokenOf('customer_admin', routing.tenant);
});
afterAll(() => database.close());

type Handler = (
  request: Request,
  segment: { params: Promise<{ id: string; hour: string }> },
) => Promise<Response>;

async function get(handler: Handler, query: string, { hour = HOUR, as = token } = {}) {
  const request = new Request(`http://127.0.0.1:3000/api/v1/x?${query}`, {
    headers: { authorization: `Bearer ${as}` },
  });
  const response = await handler(request, { params: Promise.resolve({ id: routing.routingId, hour }) });
  return { status: response.status, body: await response.json() };
}

const counts = {
  accepted: 12,
  delivered: 0,
  pending: 12,
  setAside: 0,
  gap: 0,
  isBalanced: true,
  state: 'open',
};

test('the hours of a range are listed densely, with both sides of each receipt', async () => {
  const answer = await get(list as Handler, `type=events&from=${HOUR}&to=${NEXT_HOUR}`);
  expect(answer.status).toBe(200);
  expect(answer.body.hours).toEqual([expect.objectContaining({ hour: `${HOUR}:00:00.000Z`, ...counts })]);
});

test('one hour’s receipt comes with its files', async () => {
  const answer = await get(receipt as Handler, 'type=events');
  expect(answer.status).toBe(200);
  const { receipt: found } = answer.body;
  expect(found).toMatchObject({ routing: { id: routing.routingId }, hour: counts, files: [] });
});

test.each([
  ['type=events', 'from'],
  [`type=events&from=${HOUR}&to=${HOUR}`, 'to'],
  [`type=events&from=2026-01-01T00&to=2026-03-01T00`, 'to'],
  [`type=everything&from=${HOUR}&to=${NEXT_HOUR}`, 'type'],
])('the query %s is refused, naming %s', async (query, field) => {
  const answer = await get(list as Handler, query);
  expect(answer.status).toBe(400);
  expect(answer.body.issues.map((issue: { field: string }) => issue.field)).toContain(field);
});

test('what is no hour is refused, and another organization finds nothing', async () => {
  expect((await get(receipt as Handler, 'type=events', { hour: 'today' })).status).toBe(400);
  const as = await tokenOf('customer_admin', await createTenant(database.sql));
  expect((await get(receipt as Handler, 'type=events', { as })).status).toBe(404);
  expect((await get(list as Handler, `type=events&from=${HOUR}&to=${NEXT_HOUR}`, { as })).status).toBe(404);
});
