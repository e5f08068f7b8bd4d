import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SaveDraftInput } from '@/lib/domain/routing/draft';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { Ctx } from '../context';
import { createRouting } from './create';
import { discardRoutingDraft } from './discard-draft';
import { getRouting } from './get';
import { getRoutingDraft } from './get-draft';
import { listRoutingDrafts } from './list-drafts';
import { saveRoutingDraft } from './save-draft';

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let ctx: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  ctx = await people.ctxOf('technical_services');
});
afterAll(() => database.close());

function draftInput(more: Partial<SaveDraftInput> = {}): SaveDraftInput {
  return { ...tenant, name: 'Main site', fields: { bucket: 'aurora-events' }, ...more };
}

async function save(more: Partial<SaveDraftInput> = {}) {
  return (await saveRoutingDraft({ ctx, input: draftInput(more) })).draft;
}

test('a draft is kept from its name on, and found by everybody who designs routings', async () => {
  const draft = await save();
  const colleague = await people.ctxOf('admin');
  const { drafts } = await listRoutingDrafts({ ctx: colleague });
  expect(drafts.map(({ id }) => id)).toContain(draft.id);
  expect(await getRoutingDraft({ ctx: colleague, input: { draftId: draft.id } })).toEqual(draft);
  expect(draft).toMatchObject({
    version: 1,
    savedBy: { id: ctx.actor.userId },
    fields: { bucket: 'aurora-events' },
  });
  for (const role of ['ops', 'customer_admin', 'customer_viewer'] as const) {
    const other = await people.ctxOf(role, tenant);
    expect(await codeOf(listRoutingDrafts({ ctx: other }))).toBe('FORBIDDEN');
    expect(await codeOf(saveRoutingDraft({ ctx: other, input: draftInput() }))).toBe('FORBIDDEN');
    expect(await codeOf(discardRoutingDraft({ ctx: other, input: { draftId: draft.id } }))).toBe('FORBIDDEN');
  }
});

test('what is not valid is told and not stored', async () => {
  const input = draftInput({ fields: { bucket: 'Aurora', region: 'eu-west-1', secretAccessKey: 'never' } });
  const { draft, faults } = await saveRoutingDraft({ ctx, input });
  expect(Object.keys(faults)).toEqual(['bucket']);
  expect(draft.fields).toMatchObject({ region: 'eu-west-1' });
  const row = await database.db.routingDraft.findUniqueOrThrow({ where: { id: draft.id } });
  expect(JSON.stringify(row.fields)).not.toMatch(/Aurora|never/);
});

test('of two editors the second is told, and nothing of theirs is stored', async () => {
  const draft = await save();
  const mine = { draftId: draft.id, version: draft.version };
  expect((await save({ ...mine, name: 'First' })).version).toBe(2);
  expect(await codeOf(save({ ...mine, name: 'Second' }))).toBe('CONFLICT');
  const create = { ...routingInput(tenant), draftId: draft.id, draftVersion: draft.version };
  expect(await codeOf(createRouting({ ctx, input: create }))).toBe('CONFLICT');
  expect((await getRoutingDraft({ ctx, input: { draftId: draft.id } })).name).toBe('First');
  expect(await codeOf(getRouting({ ctx, input: { routingId: draft.id } }))).toBe('NOT_FOUND');
});

test('a draft may move to another organization, and never to a workspace that is not there', async () => {
  const draft = await save();
  const other = await createTenant(database.sql);
  const mixed = { ...tenant, workspaceId: other.workspaceId, draftId: draft.id, version: 1 };
  expect(await codeOf(save(mixed))).toBe('NOT_FOUND');
  const moved = await save({ ...other, draftId: draft.id, version: 1 });
  expect(moved.organization.id).toBe(other.organizationId);
});

test('a routing is made of a draft once, takes its id and ends it', async () => {
  const draft = await save();
  const input = { ...routingInput(tenant), draftId: draft.id, draftVersion: draft.version };
  const made = await Promise.allSettled([createRouting({ ctx, input }), createRouting({ ctx, input })]);
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await getRouting({ ctx, input: { routingId: draft.id } })).id).toBe(draft.id);
  expect(await codeOf(getRoutingDraft({ ctx, input: { draftId: draft.id } }))).toBe('NOT_FOUND');
  expect(await codeOf(save({ draftId: draft.id, version: draft.version }))).toBe('NOT_FOUND');
  const unknown = { ...routingInput(tenant), draftId: randomUUID(), draftVersion: 1 };
  expect(await codeOf(createRouting({ ctx, input: unknown }))).toBe('NOT_FOUND');
});

test('a discarded draft is gone, and only that is recorded of it', async () => {
  const draft = await save();
  await discardRoutingDraft({ ctx, input: { draftId: draft.id } });
  expect(await codeOf(discardRoutingDraft({ ctx, input: { draftId: draft.id } }))).toBe('NOT_FOUND');
  const entries = await database.db.auditEvent.findMany({ where: { target: `routing:${draft.id}` } });
  expect(entries.map(({ action }) => action)).toEqual(['routing.discard_draft']);
});

test('a place that another routing has proven is told while it is written, and refused', async () => {
  const owner = await createTenant(database.sql);
  const { routing } = await createRouting({
    ctx,
    input: { ...routingInput(owner), name: 'Theirs', bucket: 'taken-events' },
  });
  await database.sql.query('SELECT * FROM reserve_place($1, $2, $3, $4, $5)', [
    ...[owner.organizationId, routing.id, '', 'taken-events', 'sluice/'],
  ]);
  const fields = { bucket: 'taken-events', prefix: 'sluice/' };
  const stranger = await saveRoutingDraft({ ctx, input: draftInput({ fields }) });
  expect(stranger.placeTaken).toBe(
    'This bucket and prefix cannot be used. Choose another prefix, or talk to us.',
  );
  expect(stranger.draft.fields).toMatchObject(fields);
  const own = await saveRoutingDraft({ ctx, input: draftInput({ ...owner, fields }) });
  expect(own.placeTaken).toContain('“Theirs”');
  const create = { ...routingInput(tenant), bucket: 'taken-events' };
  const refusal = await createRouting({ ctx, input: create }).catch((error) => error);
  expect(refusal).toMatchObject({ code: 'CONFLICT', issues: [{ field: 'prefix' }] });
  expect(JSON.stringify(refusal)).not.toContain('Theirs');
});

test('a routing may wait for the place as well, and access by role only needs an identity of ours', async () => {
  const { accessKeyId: _id, secretAccessKey: _secret, ...rest } = routingInput(tenant);
  const unplaced = { ...rest, placeBy: 'customer', bucket: '', region: '' } as const;
  const { routing } = await createRouting({ ctx, input: unplaced });
  expect(routing).toMatchObject({ label: 'awaiting_customer', whoseMove: 'customer' });
  expect(routing.destination).toMatchObject({ bucket: '', region: '', prefix: '' });
  expect(await codeOf(createRouting({ ctx, input: { ...rest, bucket: '' } }))).toBe('VALIDATION');
  const keyed = { ...routingInput(tenant), placeBy: 'customer' } as const;
  expect(await codeOf(createRouting({ ctx, input: keyed }))).toBe('VALIDATION');
  const byRole = { ...rest, accessWays: 'role', ownerAccountId: '1234-5678-9012' } as const;
  expect(await codeOf(createRouting({ ctx, input: byRole }))).toBe('VALIDATION');
  const roleWay = { principalArn: 'arn:aws:iam::210987654321:user/sluice', servesOwnStores: false };
  const made = await createRouting({ ctx: { ...ctx, roleWay }, input: byRole });
  const row = await database.db.routing.findUniqueOrThrow({ where: { id: made.routing.id } });
  expect(row.accessWays).toBe('role');
});

test('who enters a customer’s keys says why, and the audit keeps it', async () => {
  const input = { ...routingInput(tenant), access: 'now' } as const;
  expect(await codeOf(createRouting({ ctx, input }))).toBe('VALIDATION');
  const { routing } = await createRouting({ ctx, input: { ...input, reason: 'Sent by phone' } });
  const entry = await database.db.auditEvent.findFirstOrThrow({
    where: { target: `routing:${routing.id}`, action: 'routing.create' },
  });
  expect(entry.detail).toMatchObject({ reason: 'Sent by phone' });
});
