import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditFilterInput } from '@/lib/domain/audit/list';
import type { Ctx } from '@/lib/services/context';
import { createOrganization } from '@/lib/services/organization/create';
import { createWorkspace } from '@/lib/services/workspace/create';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { exportAudit } from './export';
import { listAudit } from './list';

let database: TestDatabase;
let people: CtxFactory;
let own: TestTenant;
let other: TestTenant;
let mia: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  [own, other] = [await createTenant(database.sql), await createTenant(database.sql)];
  mia = await people.ctxOf('technical_services');
  await createWorkspace({ ctx: mia, input: { organizationId: own.organizationId, name: 'By Mia' } });
  await createWorkspace({ ctx: mia, input: { organizationId: other.organizationId, name: 'Elsewhere' } });
  const ada = await people.ctxOf('admin');
  await createWorkspace({ ctx: ada, input: { organizationId: own.organizationId, name: 'By Ada' } });
  await insertEvent({ action: 'session.sign-in', actor: `user:${ada.actor.userId}` });
});
afterAll(() => database.close());

async function insertEvent(event: { action: string; actor: string; at?: string; organizationId?: string }) {
  await database.sql.query(
    `INSERT INTO audit_event (organization_id, actor, action, target, at)
     VALUES ($1, $2, $3, 'user:x', coalesce($4::timestamptz, now()))`,
    [event.organizationId ?? null, event.actor, event.action, event.at ?? null],
  );
}

const sentences = async (ctx: Ctx, input: AuditFilterInput = {}) =>
  (await listAudit({ ctx, input })).events.map(({ sentence }) => sentence);

describe('who reads what', () => {
  test('a customer admin reads the own organization, with what the vendor did there, and nothing else', async () => {
    const told = await sentences(await people.ctxOf('customer_admin', own));
    expect(told).toEqual(['created the workspace “By Ada”', 'created the workspace “By Mia”']);
  });

  test('technical services read their own acts, those of their tokens included', async () => {
    expect(await sentences(mia)).toEqual([
      'created the workspace “Elsewhere”',
      'created the workspace “By Mia”',
    ]);
    const asToken = { ...mia, actor: { ...mia.actor, kind: 'api_token' as const } };
    const made = await createOrganization({ ctx: asToken, input: { name: 'By token' } });
    expect(await sentences(mia, { organizationId: made.id })).toEqual([
      'created the organization “By token”',
    ]);
  });

  test('admin and ops read everything, also what concerns the vendor alone', async () => {
    for (const role of ['admin', 'ops'] as const) {
      const told = await sentences(await people.ctxOf(role));
      expect(told).toEqual(expect.arrayContaining(['signed in', 'created the workspace “Elsewhere”']));
    }
  });

  test('a viewer reads nothing, and a foreign organization is not there', async () => {
    const viewer = await people.ctxOf('customer_viewer', own);
    expect(await codeOf(listAudit({ ctx: viewer, input: {} }))).toBe('FORBIDDEN');
    expect(await codeOf(exportAudit({ ctx: viewer, input: {} }))).toBe('FORBIDDEN');
    const customer = await people.ctxOf('customer_admin', own);
    const input = { organizationId: other.organizationId };
    expect(await codeOf(listAudit({ ctx: customer, input }))).toBe('NOT_FOUND');
    expect(await codeOf(exportAudit({ ctx: customer, input }))).toBe('NOT_FOUND');
  });
});

describe('filters', () => {
  test('by person finds a part of the name or the address, in any case', async () => {
    const ops = await people.ctxOf('ops');
    const who = mia.actor.email.slice(0, 20).toUpperCase();
    expect(await sentences(ops, { who, organizationId: own.organizationId })).toEqual([
      'created the workspace “By Mia”',
    ]);
    expect(await sentences(ops, { who: 'nobody has this name' })).toEqual([]);
  });

  test('by one action or by its kind, and by days of UTC', async () => {
    const ops = await people.ctxOf('ops');
    const organizationId = (await createTenant(database.sql)).organizationId;
    const actor = 'worker:w7';
    await insertEvent({ action: 'routing.release_cut', actor, organizationId, at: '2026-03-01T23:59:59.9Z' });
    await insertEvent({ action: 'routing.gap', actor, organizationId, at: '2026-03-02T00:00:00Z' });
    const actions = async (input: AuditFilterInput) =>
      (await listAudit({ ctx: ops, input: { organizationId, ...input } })).events.map(({ action }) => action);
    expect(await actions({ action: 'routing' })).toEqual(['routing.gap', 'routing.release_cut']);
    expect(await actions({ action: 'routing.gap' })).toEqual(['routing.gap']);
    expect(await actions({ action: 'rout' })).toEqual([]);
    expect(await actions({ from: '2026-03-01', to: '2026-03-01' })).toEqual(['routing.release_cut']);
    expect(await actions({ from: '2026-03-02' })).toEqual(['routing.gap']);
    expect(await actions({ who: 'w7' })).toHaveLength(2);
    expect(await codeOf(actions({ from: '2026-02-31' }))).toBe('VALIDATION');
  });
});

test('pages follow each other without a gap or a double, also among rows of one instant', async () => {
  const organizationId = (await createTenant(database.sql)).organizationId;
  const at = '2026-04-01T10:00:00.123456Z';
  for (let index = 0; index < 5; index += 1)
    await insertEvent({ action: `test.step-${'abcde'[index]}`, actor: 'worker:w1', organizationId, at });
  const ctx = await people.ctxOf('admin');
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAudit({
      ctx,
      input: { organizationId, limit: 2, ...(cursor === undefined ? {} : { cursor }) },
    });
    seen.push(...page.events.map(({ action }) => action.slice(-1)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen.join('')).toBe('edcba');
});

test('an export holds the same rows and is itself recorded', async () => {
  const organizationId = (await createTenant(database.sql)).organizationId;
  await insertEvent({ action: 'test.one', actor: `user:${randomUUID()}`, organizationId });
  const ctx = await people.ctxOf('ops');
  const { events, isCut } = await exportAudit({ ctx, input: { organizationId } });
  expect([events.map(({ action }) => action), isCut]).toEqual([['test.one'], false]);
  expect(await sentences(ctx, { organizationId })).toEqual(['exported the audit (1 row)', 'test.one']);
});
