import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roleSchema } from '@/lib/domain/access/actor';
import { mayDo, PERMISSIONS, type Permission } from '@/lib/domain/access/permissions';
import { createApiKey } from '@/lib/services/api-key/create';
import { createApiToken } from '@/lib/services/api-token/create';
import { createCtxFactory, TEST_ACCESS_KEY_ID, TEST_SECRET } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTestRouting } from '@/lib/testing/routing';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { serveWebFrom } from '@/lib/testing/web-process';

interface Things extends TestTenant {
  readonly routingId: string;
  readonly apiKeyId: string;
  readonly fileId: string;
  readonly replayId: string;
  readonly reconciliationId: string;
  readonly linkId: string;
  readonly shareLinkId: string;
  readonly checkId: string;
  readonly noticeId: string;
}

interface Case {
  readonly permission: Permission;
  /** What of a tenant the call names; without one it lists what its caller sees. */
  readonly names?: (things: Things) => {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly body?: Readonly<Record<string, unknown>>;
  };
}

const aRouting = ({ routingId }: Things) => ({ params: { id: routingId } });
const aReconciliation = ({ routingId, reconciliationId }: Things) => ({
  params: { id: routingId, reconciliationId },
});
const aCheck = ({ routingId, checkId }: Things) => ({ params: { id: routingId, checkId } });
const aVersion = ({ routingId }: Things) => ({ params: { id: routingId, version: '1' } });
const aReplay = ({ routingId, replayId }: Things) => ({ params: { id: routingId, replayId } });
const aWorkspace = ({ organizationId, workspaceId }: Things) => ({
  body: { organizationId, workspaceId, name: 'New', kind: 'server' },
});
const lists = { permission: 'routing.see' } as const;
const ROUTES = join('app', 'api', 'v1');
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Every call of the API and who may make it. */
const CALLS: Readonly<Record<string, Case>> = {
  'GET api-keys': {
    permission: 'api-key.manage',
    names: ({ workspaceId }) => ({ query: { workspaceId } }),
  },
  'POST api-keys': { permission: 'api-key.manage', names: aWorkspace },
  'DELETE api-keys/[id]': {
    permission: 'api-key.manage',
    names: ({ apiKeyId }) => ({ params: { id: apiKeyId } }),
  },
  'GET audit': {
    permission: 'audit.read',
    names: ({ organizationId }) => ({ query: { organizationId } }),
  },
  'GET files/[id]': { permission: 'routing.see', names: ({ fileId }) => ({ params: { id: fileId } }) },
  'GET organizations': lists,
  'POST organizations': { permission: 'organization.create' },
  'GET routings': lists,
  'POST routings': { permission: 'routing.create', names: aWorkspace },
  'GET routings/[id]': { permission: 'routing.see', names: aRouting },
  'PATCH routings/[id]': {
    permission: 'destination.change',
    names: ({ routingId }) => ({ params: { id: routingId }, body: { version: 1, name: 'New' } }),
  },
  'POST routings/[id]/access': {
    permission: 'access.enter',
    names: ({ routingId }) => ({
      params: { id: routingId },
      body: { version: 1, accessKeyId: TEST_ACCESS_KEY_ID, secretAccessKey: TEST_SECRET },
    }),
  },
  'POST routings/[id]/archive': {
    permission: 'routing.archive',
    names: ({ routingId }) => ({
      params: { id: routingId },
      body: { name: 'Export', reason: 'It has served' },
    }),
  },
  'POST routings/[id]/disable': {
    permission: 'routing.disable',
    names: ({ routingId }) => ({
      params: { id: routingId },
      body: { mode: 'drain', reason: 'It has served' },
    }),
  },
  'PATCH routings/[id]/retention': {
    permission: 'routing.retention',
    names: ({ routingId }) => ({ params: { id: routingId }, body: { retentionHours: 72 } }),
  },
  'GET routings/[id]/destinations': { permission: 'routing.see', names: aRouting },
  'POST routings/[id]/destinations/[version]/adopt': { permission: 'routing.start', names: aVersion },
  'POST routings/[id]/destinations/[version]/compromise': {
    permission: 'access.enter',
    names: (things) => ({ ...aVersion(things), body: { reason: 'Found in a public repository' } }),
  },
  'POST routings/[id]/destinations/[version]/drop': { permission: 'destination.change', names: aVersion },
  'POST routings/[id]/destinations/[version]/reuse': { permission: 'destination.change', names: aVersion },
  'GET routings/[id]/contacts': { permission: 'contact.see', names: aRouting },
  'PUT routings/[id]/contacts': {
    permission: 'contact.manage',
    names: ({ routingId }) => ({
      params: { id: routingId },
      body: { awsAdmin: 'iam@aurora.example', live: ['data@aurora.example'] },
    }),
  },
  'GET routings/[id]/notices': { permission: 'contact.see', names: aRouting },
  'POST routings/[id]/notices': {
    permission: 'contact.manage',
    names: ({ routingId, noticeId }) => ({ params: { id: routingId }, body: { noticeId } }),
  },
  'PUT routings/[id]/webhook': {
    permission: 'contact.manage',
    names: ({ routingId }) => ({ params: { id: routingId }, body: { url: 'https://hooks.aurora.example/' } }),
  },
  'DELETE routings/[id]/webhook': { permission: 'contact.manage', names: aRouting },
  'GET routings/[id]/checks': { permission: 'routing.see', names: aRouting },
  'POST routings/[id]/checks': { permission: 'access.check', names: aRouting },
  'POST routings/[id]/checks/[checkId]/fix-copied': { permission: 'access.check', names: aCheck },
  'POST routings/[id]/checks/[checkId]/retest': {
    permission: 'access.check',
    names: (things) => ({ ...aCheck(things), body: { step: 'list' } }),
  },
  'GET routings/[id]/files': { permission: 'routing.see', names: aRouting },
  'GET routings/[id]/gaps': { permission: 'routing.see', names: aRouting },
  'GET routings/[id]/hand-over-links': { permission: 'hand-over.manage', names: aRouting },
  'POST routings/[id]/hand-over-links': { permission: 'hand-over.manage', names: aRouting },
  'DELETE routings/[id]/hand-over-links/[linkId]': {
    permission: 'hand-over.manage',
    names: ({ routingId, linkId }) => ({ params: { id: routingId, linkId } }),
  },
  'GET routings/[id]/hours': {
    permission: 'routing.see',
    names: ({ routingId }) => ({
      params: { id: routingId },
      query: { type: 'events', from: '2026-01-15T14', to: '2026-01-15T15' },
    }),
  },
  'GET routings/[id]/hours/[hour]': {
    permission: 'routing.see',
    names: ({ routingId }) => ({
      params: { id: routingId, hour: '2026-01-15T14:00:00Z' },
      query: { type: 'events' },
    }),
  },
  'GET routings/[id]/latency': { permission: 'routing.see', names: aRouting },
  'POST routings/[id]/pause': { permission: 'routing.pause', names: aRouting },
  'GET routings/[id]/release': { permission: 'routing.release', names: aRouting },
  'POST routings/[id]/release': {
    permission: 'routing.release',
    names: ({ routingId }) => ({
      params: { id: routingId },
      body: { cutId: 1, to: 'gap', reason: 'Looked at it', mayExistInBothPlaces: true },
    }),
  },
  'POST routings/[id]/retry': { permission: 'routing.release', names: aRouting },
  'GET routings/[id]/reconciliations': { permission: 'routing.see', names: aRouting },
  'POST routings/[id]/reconciliations': {
    permission: 'routing.reconcile',
    names: ({ routingId }) => ({ params: { id: routingId }, body: {} }),
  },
  'GET routings/[id]/reconciliations/[reconciliationId]': {
    permission: 'routing.see',
    names: aReconciliation,
  },
  'GET routings/[id]/replays': { permission: 'routing.see', names: aRouting },
  'POST routings/[id]/replays': {
    permission: 'routing.replay',
    names: ({ routingId }) => ({
      params: { id: routingId },
      body: { types: ['events'], from: '2026-01-15T14', to: '2026-01-15T15', mode: 'fill' },
    }),
  },
  'GET routings/[id]/replays/[replayId]': { permission: 'routing.see', names: aReplay },
  'POST routings/[id]/replays/[replayId]/cancel': { permission: 'routing.replay', names: aReplay },
  'POST routings/[id]/resume': { permission: 'routing.resume', names: aRouting },
  'GET routings/[id]/share-links': { permission: 'share-link.manage', names: aRouting },
  'POST routings/[id]/share-links': { permission: 'share-link.manage', names: aRouting },
  'DELETE routings/[id]/share-links/[linkId]': {
    permission: 'share-link.manage',
    names: ({ routingId, shareLinkId }) => ({ params: { id: routingId, linkId: shareLinkId } }),
  },
  'POST routings/[id]/start': { permission: 'routing.start', names: aRouting },
  'GET workspaces': lists,
  'POST workspaces': { permission: 'workspace.create', names: aWorkspace },
};

type Handler = (request: Request, segment: { params: Promise<Record<string, string>> }) => Promise<Response>;

let database: TestDatabase;
let own: Things;
const handlers = new Map<string, Handler>();
const tokens = new Map<string, string>();
beforeAll(async () => {
  database = await createTestDatabase();
  await serveWebFrom(database);
  await readHandlers();
  own = await createThings(await createTenant(database.sql));
  const stranger = await createTenant(database.sql);
  for (const role of roleSchema.options) {
    tokens.set(`own ${role}`, await tokenOf(role, own));
    if (role.startsWith('customer_')) tokens.set(`stranger ${role}`, await tokenOf(role, stranger));
  }
});
afterAll(() => database.close());

/** Every method of every route file, but the one that catches wrong addresses. */
async function readHandlers(): Promise<void> {
  const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('route.ts') && !name.startsWith('[...'))) {
    const module: Record<string, unknown> = await import(pathToFileURL(join(ROUTES, file)).href);
    for (const method of METHODS) {
      const handler = module[method];
      if (typeof handler === 'function')
        handlers.set(`${method} ${file.replace(/\/route\.ts$/, '')}`, handler as Handler);
    }
  }
}

/** Real things of a tenant, so that a refusal is not for want of them. */
async function createThings(tenant: TestTenant): Promise<Things> {
  const { routingId, streamId } = await createTestRouting({
    sql: database.sql,
    tenant,
    store: {
      endpoint: '',
      bucket: 'aurora-events',
      region: 'eu-west-1',
      accessKeyId: TEST_ACCESS_KEY_ID,
      secretAccessKey: TEST_SECRET,
    },
  });
  const ctx = await createCtxFactory(database).ctxOf('admin');
  const input = { workspaceId: tenant.workspaceId, kind: 'server' as const, name: 'Backend' };
  const { apiKey } = await createApiKey({ ctx, input });
  const fileId = randomUUID();
  await database.sql.query(
    `WITH c AS (
       INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
         raw_bytes, body_bytes, state, committed_at)
       SELECT organization_id, routing_id, id, 1, 1, 0, 0, 'age', 1, 1, 1, 'committed', now()
       FROM lane WHERE routing_id = $1 AND stream_id = $2 RETURNING *)
     INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, lo, hi, kind,
       rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state, gzip_bytes, delivered_at)
     SELECT $3, organization_id, routing_id, id, 0, '', 'aurora-events', 'k', 'events', 0, 0, 'stitched',
       1, 1, 1, now(), now(), 1, 'delivered', 1, now() FROM c`,
    [routingId, streamId, fileId],
  );
  const replayId = randomUUID();
  await database.sql.query(
    `INSERT INTO replay (id, organization_id, routing_id, mode, types, from_hour, to_hour, actor, pending_files,
       pending_rows, set_aside_rows, gap_rows)
     VALUES ($1, $2, $3, 'fill', '{events}', '2026-01-15T14:00Z', '2026-01-15T15:00Z', 'user:x', 0, 0, 0, 0)`,
    [replayId, tenant.organizationId, routingId],
  );
  const reconciliationId = randomUUID();
  await database.sql.query(`SELECT delivery.open_reconciliation($1, $2, $3, $4, 'user:x')`, [
    reconciliationId,
    routingId,
    '2026-01-15T14:00Z',
    '2026-01-15T15:00Z',
  ]);
  const linkId = randomUUID();
  await database.sql.query(
    `INSERT INTO hand_over_link (id, organization_id, routing_id, root_id, token_hash, created_by, expires_at)
     VALUES ($1, $2, $3, $1, $4, 'user:x', now() + interval '1 day')`,
    [linkId, tenant.organizationId, routingId, randomBytes(32)],
  );
  const shareLinkId = randomUUID();
  await database.sql.query(
    `INSERT INTO share_link (id, organization_id, routing_id, token_hash, created_by, expires_at)
     VALUES ($1, $2, $3, $4, 'user:x', now() + interval '1 day')`,
    [shareLinkId, tenant.organizationId, routingId, randomBytes(32)],
  );
  const checkId = randomUUID();
  await database.sql.query(
    `WITH c AS (INSERT INTO access_check (id, organization_id, routing_id, destination_version, access_kind, state,
         requested_by, ended_at) VALUES ($1, $2, $3, 1, 'keys', 'failed', 'user:x', now()) RETURNING *)
     INSERT INTO access_check_row (organization_id, check_id, step, position, is_due)
     SELECT organization_id, id, 'list', 0, false FROM c`,
    [checkId, tenant.organizationId, routingId],
  );
  const noticeId = randomUUID();
  await database.sql.query(
    `INSERT INTO notice (id, organization_id, routing_id, kind, channel, recipient, facts, state, ended_at)
     VALUES ($1, $2, $3, 'hand_over_declined', 'mail', 'tess@vendor.example', $4, 'sent', now())`,
    [
      ...[noticeId, tenant.organizationId, routingId],
      {
        ...{
          organizationName: 'Aurora',
          routingName: 'Export',
          bucket: 'aurora-events',
          region: 'eu-west-1',
        },
        ...{ prefix: '', declinedBy: null, declinedAt: '2026-01-15T14:31:00.000Z' },
      },
    ],
  );
  return {
    ...tenant,
    routingId,
    apiKeyId: apiKey.id,
    fileId,
    reconciliationId,
    replayId,
    linkId,
    shareLinkId,
    checkId,
    noticeId,
  };
}

/** A token of somebody who has this role now; viewers make none, so they are demoted to it. */
async function tokenOf(role: Role, tenant: TestTenant): Promise<string> {
  const maker = role === 'customer_viewer' ? 'customer_admin' : role;
  const ctx = await createCtxFactory(database).ctxOf(maker, tenant);
  const { token } = await createApiToken({ ctx, input: { name: 'Test' } });
  await database.db.user.update({ where: { id: ctx.actor.userId }, data: { role } });
  return token;
}

async function call(name: string, who: string): Promise<{ status: number; text: string }> {
  const { params = {}, query = {}, body } = CALLS[name]?.names?.(own) ?? {};
  const [method = ''] = name.split(' ');
  const response = await handlers.get(name)?.(
    new Request(`http://127.0.0.1:3000/api/v1/x?${new URLSearchParams(query)}`, {
      method,
      headers: { authorization: `Bearer ${tokens.get(who)}` },
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: JSON.stringify(body ?? { name: 'New' }) }),
    }),
    { params: Promise.resolve(params) },
  );
  if (response === undefined) throw new Error(`There is no ${name}`);
  return { status: response.status, text: await response.text() };
}

test('every call of the API stands in the table, and nothing else', () => {
  expect([...handlers.keys()].sort()).toEqual(Object.keys(CALLS).sort());
});

test('every permission is a verb’s, of the API or of the dashboard alone', () => {
  const ofDashboard: Permission[] = [
    ...(['api-token.manage', 'event-lines.read', 'people.see', 'routing.edit-draft', 'system.see'] as const),
  ];
  const used = new Set([...Object.values(CALLS).map(({ permission }) => permission), ...ofDashboard]);
  expect([...used].sort()).toEqual([...PERMISSIONS].sort());
});

const refused = Object.entries(CALLS).flatMap(([name, { permission }]) =>
  roleSchema.options.filter((role) => !mayDo(role, permission)).map((role) => [name, role] as const),
);
test.each(refused)('%s is refused to %s', async (name, role) => {
  expect((await call(name, `own ${role}`)).status).toBe(403);
});

const strangers = Object.entries(CALLS).flatMap(([name, { permission }]) =>
  (['customer_admin', 'customer_viewer'] as const)
    .filter((role) => mayDo(role, permission))
    .map((role) => [name, role] as const),
);
describe('of another organization', () => {
  test.each(strangers)('%s finds nothing as %s', async (name, role) => {
    const { status, text } = await call(name, `stranger ${role}`);
    if (CALLS[name]?.names === undefined) {
      expect(status).toBe(200);
      expect(text).not.toContain(own.organizationId);
    } else expect(status).toBe(404);
  });
});

test.each(Object.keys(CALLS).filter((name) => name !== 'DELETE api-keys/[id]'))(
  '%s is there for who may, so the refusals above are not for want of it',
  async (name) => {
    const isAdmins = mayDo('admin', CALLS[name]?.permission ?? 'routing.see');
    const { status } = await call(name, isAdmins ? 'own admin' : 'own customer_admin');
    expect([401, 403, 404]).not.toContain(status);
  },
);
