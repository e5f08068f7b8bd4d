import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '@/lib/domain/access/actor';
import { createApiToken } from '@/lib/services/api-token/create';
import { createCtxFactory, routingInput, TEST_SECRET } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { serveWebFrom } from '@/lib/testing/web-process';
import * as apiKeys from './api-keys/route';
import * as organizations from './organizations/route';
import { POST as enterAccess } from './routings/[id]/access/route';
import { GET as latency } from './routings/[id]/latency/route';
import { POST as pause } from './routings/[id]/pause/route';
import * as one from './routings/[id]/route';
import { POST as start } from './routings/[id]/start/route';
import * as routings from './routings/route';

type Handler = (request: Request, segment: { params: Promise<{ id: string }> }) => Promise<Response>;

let database: TestDatabase;
let tenant: TestTenant;
let designerToken: string;
let viewerToken: string;

async function tokenOf(role: Role, of: TestTenant): Promise<string> {
  const ctx = await createCtxFactory(database).ctxOf(
    role === 'customer_viewer' ? 'customer_admin' : role,
    of,
  );
  const { token } = await createApiToken({ ctx, input: { name: 'Test' } });
  await database.db.user.update({ where: { id: ctx.actor.userId }, data: { role } });
  return token;
}

beforeAll(async () => {
  database = await createTestDatabase();
  await serveWebFrom(database);
  tenant = await createTenant(database.sql);
  designerToken = await tokenOf('technical_services', tenant);
  viewerToken = await tokenOf('customer_viewer', tenant);
});
afterAll(() => database.close());

interface Options {
  readonly token?: string | null;
  readonly body?: unknown;
  readonly id?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
}

async function call(handler: Handler, method: string, options: Options = {}) {
  const { token = designerToken, body, id = '', query = '', headers = {} } = options;
  const request = new Request(`http://127.0.0.1:3000/api/v1/x${query}`, {
    method,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve({ id }) });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function makeRouting(): Promise<{ id: string; version: number }> {
  const made = await call(routings.POST as Handler, 'POST', { body: routingInput(tenant) });
  expect(made.status).toBe(201);
  return made.body.routing;
}

describe('who may call', () => {
  test.each([
    ['no token', null],
    ['a token that is made up', `slt_${'x'.repeat(43)}`],
    ['something else', 'Basic'],
  ])('%s gets 401 as a problem that says how to send one', async (_, token) => {
    const { status, headers, body } = await call(routings.GET as Handler, 'GET', { token });
    expect([status, headers.get('content-type')]).toEqual([401, 'application/problem+json']);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(body).toMatchObject({
      code: 'UNAUTHENTICATED',
      status: 401,
      requestId: headers.get('x-request-id'),
    });
  });

  test('a session cookie is no token', async () => {
    const headers = { cookie: 'sluice-3000.session=whatever' };
    expect((await call(routings.GET as Handler, 'GET', { token: null, headers })).status).toBe(401);
  });

  test('a viewer’s token may read and not change', async () => {
    const { id } = await makeRouting();
    expect((await call(one.GET as Handler, 'GET', { token: viewerToken, id })).status).toBe(200);
    expect((await call(start as Handler, 'POST', { token: viewerToken, id })).status).toBe(403);
  });

  test('the organization of others is not there', async () => {
    const { id } = await makeRouting();
    const token = await tokenOf('customer_viewer', await createTenant(database.sql));
    expect((await call(one.GET as Handler, 'GET', { token, id })).status).toBe(404);
    expect((await call(routings.GET as Handler, 'GET', { token })).body.routings).toEqual([]);
    expect((await call(organizations.GET as Handler, 'GET', { token })).body.organizations).toHaveLength(1);
  });
});

describe('routings', () => {
  test('are created, read, listed in pages, started and paused', async () => {
    const made = await call(routings.POST as Handler, 'POST', {
      body: { ...routingInput(tenant), secretAccessKey: ` ${TEST_SECRET} ` },
    });
    const { id } = made.body.routing;
    expect(made.headers.get('location')).toBe(`/api/v1/routings/${id}`);
    expect(made.body.notices).toHaveLength(1);
    expect(JSON.stringify(made.body)).not.toContain(TEST_SECRET);
    await makeRouting();
    const page = await call(routings.GET as Handler, 'GET', { query: '?limit=1' });
    expect(page.body.routings).toHaveLength(1);
    const next = await call(routings.GET as Handler, 'GET', {
      query: `?limit=1&cursor=${page.body.nextCursor}`,
    });
    expect(next.body.routings[0].id).toBe(id);

    expect((await call(start as Handler, 'POST', { id })).body.code).toBe('PRECONDITION');
    const unchecked = { id, body: { withoutCheck: true } };
    expect((await call(start as Handler, 'POST', unchecked)).body.routing.label).toBe('starting');
    expect((await call(pause as Handler, 'POST', { id })).body.routing.label).toBe('pausing');
    const again = await call(pause as Handler, 'POST', { id });
    expect([again.status, again.body.code]).toEqual([409, 'CONFLICT']);
    expect(again.body.detail).toContain('pausing already');
  });

  test('may be made without access keys, which are entered later', async () => {
    const { accessKeyId, secretAccessKey, ...without } = routingInput(tenant);
    const made = await call(routings.POST as Handler, 'POST', { body: without });
    expect(made.body.routing).toMatchObject({ label: 'awaiting_customer' });
    const { id, version } = made.body.routing;
    const early = await call(start as Handler, 'POST', { id });
    expect([early.status, early.body.code]).toEqual([409, 'PRECONDITION']);
    const body = { version, accessKeyId, secretAccessKey };
    const entered = await call(enterAccess as Handler, 'POST', { id, body });
    expect(entered.body.routing).toMatchObject({ label: 'verifying', version: version + 1 });
    const wrong = await call(enterAccess as Handler, 'POST', {
      id,
      body: { ...body, version: version + 1, secretAccessKey: 'short' },
    });
    expect(wrong.body.issues).toMatchObject([{ field: 'secretAccessKey' }]);
    expect((await call(enterAccess as Handler, 'POST', { id, body, token: viewerToken })).status).toBe(403);
  });

  test('are edited in part, on the version that was read', async () => {
    const { id, version } = await makeRouting();
    const edited = await call(one.PATCH as Handler, 'PATCH', { id, body: { version, prefix: 'archive' } });
    expect(edited.body.routing).toMatchObject({
      name: 'Main site',
      version: 2,
      destination: { prefix: 'archive/', bucket: 'aurora-events' },
    });
    const stale = await call(one.PATCH as Handler, 'PATCH', { id, body: { version, name: 'X' } });
    expect([stale.status, stale.body.code]).toEqual([409, 'CONFLICT']);
    const blind = await call(one.PATCH as Handler, 'PATCH', { id, body: { name: 'X' } });
    expect(blind.body.issues).toMatchObject([{ field: 'version' }]);
    const typo = await call(one.PATCH as Handler, 'PATCH', { id, body: { version: 2, bukket: 'x' } });
    expect(typo.body.issues).toEqual([{ field: 'bukket', message: 'There is no such field.' }]);
  });

  test.each([
    ['{', 'not JSON'],
    ['[]', 'JSON object'],
    [`{"name":"${'x'.repeat(70_000)}"}`, 'larger than 64 KiB'],
  ])('refuse the body %.20s', async (body, sentence) => {
    const answer = await call(routings.POST as Handler, 'POST', { body });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(sentence);
  });

  test('name every wrong field of an input, without repeating a secret', async () => {
    const secret = 'my secret';
    const body = { ...routingInput(tenant), bucket: 's3://x', region: 'EU', secretAccessKey: secret };
    const answer = await call(routings.POST as Handler, 'POST', { body });
    expect(answer.body.issues.map((issue: { field: string }) => issue.field)).toEqual([
      'bucket',
      'region',
      'secretAccessKey',
    ]);
    expect(JSON.stringify(answer.body)).not.toContain(secret);
  });

  test('are listed by view, filter and order, with how many match', async () => {
    const { id } = await makeRouting();
    const query = '?view=onboarding&status=verifying&region=eu-west-1&sort=-created&limit=200';
    const { status, body } = await call(routings.GET as Handler, 'GET', { query });
    expect(status).toBe(200);
    expect(body.total).toBe(body.routings.length);
    const listed = body.routings.find((one: { id: string }) => one.id === id);
    expect(listed).toMatchObject({ label: 'verifying', day: null, destination: { region: 'eu-west-1' } });
    const late = await call(routings.GET as Handler, 'GET', { query: '?view=late' });
    expect(late.body).toMatchObject({ routings: [], total: 0, nextCursor: null });
  });

  test.each([`?limit=0`, '?limit=x', '?cursor=1', '?view=x', '?sort=x', '?status=x', '?page=0'])(
    'refuse the query %s',
    async (query) => {
      expect((await call(routings.GET as Handler, 'GET', { query })).status).toBe(400);
    },
  );

  test('that do not exist, or cannot, answer 404 and 400', async () => {
    expect((await call(one.GET as Handler, 'GET', { id: randomUUID() })).status).toBe(404);
    expect((await call(one.GET as Handler, 'GET', { id: 'nonsense' })).status).toBe(400);
  });
});

test('what we did not foresee is told in general words, under the id of the request', async () => {
  await database.sql.query('ALTER TABLE api_key RENAME TO api_key_gone');
  try {
    const body = { workspaceId: tenant.workspaceId, kind: 'server', name: 'Backend' };
    const headers = { 'x-request-id': 'request-7' };
    const answer = await call(apiKeys.POST as Handler, 'POST', { body, headers });
    expect([answer.status, answer.body.code, answer.body.requestId]).toEqual([500, 'INTERNAL', 'request-7']);
    expect(answer.body.detail).toBe('We could not do this. Tell us the request id request-7.');
    expect(JSON.stringify(answer.body)).not.toMatch(/api_key|prisma|select/i);
  } finally {
    await database.sql.query('ALTER TABLE api_key_gone RENAME TO api_key');
  }
});

describe('the latency of a routing', () => {
  test('is read over a range, or from … to', async () => {
    const { id } = await makeRouting();
    const day = await call(latency as Handler, 'GET', { id, token: viewerToken });
    expect(day.body.points).toHaveLength(288);
    const hour = await call(latency as Handler, 'GET', { id, query: '?range=1h' });
    expect(hour.body.points).toHaveLength(60);
    const query = '?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z';
    const past = await call(latency as Handler, 'GET', { id, query });
    expect([past.body.from, past.body.to]).toEqual(['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z']);
  });

  test.each([
    ['?range=2h', 'range'],
    ['?from=2026-01-01T00:00:00Z', 'to'],
    ['?range=1h&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z', 'range'],
  ])('%s is refused, with the field', async (query, field) => {
    const { id } = await makeRouting();
    const answer = await call(latency as Handler, 'GET', { id, query });
    expect([answer.status, answer.body.issues[0].field]).toEqual([400, field]);
  });

  test('of a routing of others is not there', async () => {
    const { id } = await makeRouting();
    const token = await tokenOf('customer_viewer', await createTenant(database.sql));
    expect((await call(latency as Handler, 'GET', { id, token })).status).toBe(404);
  });
});
