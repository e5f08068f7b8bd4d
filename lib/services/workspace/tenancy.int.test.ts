import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashApiKey } from '@/lib/platform/api-key';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import { createApiKey } from '../api-key/create';
import { listApiKeys } from '../api-key/list';
import { revokeApiKey } from '../api-key/revoke';
import type { Ctx } from '../context';
import { createOrganization } from '../organization/create';
import { getOrganization } from '../organization/get';
import { listOrganizations } from '../organization/list';
import { createWorkspace } from './create';
import { listWorkspaces } from './list';

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let foreign: TestTenant;
let admin: Ctx;
let customer: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  foreign = await createTenant(database.sql);
  admin = await people.ctxOf('admin');
  customer = await people.ctxOf('customer_admin', tenant);
});
afterAll(() => database.close());

async function actionsOn(target: string): Promise<string[]> {
  const rows = await database.db.auditEvent.findMany({ where: { target }, orderBy: { id: 'asc' } });
  return rows.map(({ action }) => action);
}

describe('organizations', () => {
  test('are made by designers, recorded, and counted', async () => {
    const made = await createOrganization({ ctx: admin, input: { name: '  Borealis ' } });
    expect(made).toMatchObject({ name: 'Borealis', workspaces: 0, routings: 0 });
    expect(await actionsOn(`organization:${made.id}`)).toEqual(['organization.create']);
    expect(await codeOf(createOrganization({ ctx: admin, input: { name: 'BOREALIS' } }))).toBe('CONFLICT');
    for (const role of ['ops', 'customer_admin', 'customer_viewer'] as const) {
      const ctx = await people.ctxOf(role, tenant);
      expect(await codeOf(createOrganization({ ctx, input: { name: 'X' } }))).toBe('FORBIDDEN');
    }
  });

  test('of others do not exist for a customer', async () => {
    const { organizations } = await listOrganizations({ ctx: customer });
    expect(organizations.map(({ id }) => id)).toEqual([tenant.organizationId]);
    const own = { organizationId: tenant.organizationId.toUpperCase() };
    expect((await getOrganization({ ctx: customer, input: own })).workspaces).toBe(1);
    expect(await codeOf(getOrganization({ ctx: customer, input: foreign }))).toBe('NOT_FOUND');
    expect(await codeOf(getOrganization({ ctx: admin, input: { organizationId: randomUUID() } }))).toBe(
      'NOT_FOUND',
    );
    expect((await listOrganizations({ ctx: admin })).organizations.length).toBeGreaterThan(1);
  });
});

describe('workspaces', () => {
  test('are made by designers in an organization that exists, and recorded', async () => {
    const own = await createTenant(database.sql);
    const input = { organizationId: own.organizationId, name: 'App' };
    const made = await createWorkspace({ ctx: admin, input });
    expect(await actionsOn(`workspace:${made.id}`)).toEqual(['workspace.create']);
    const again = { ...input, name: 'app' };
    expect(await codeOf(createWorkspace({ ctx: admin, input: again }))).toBe('CONFLICT');
    const unknown = { ...input, organizationId: randomUUID() };
    expect(await codeOf(createWorkspace({ ctx: admin, input: unknown }))).toBe('NOT_FOUND');
    expect(await codeOf(createWorkspace({ ctx: customer, input }))).toBe('FORBIDDEN');
    expect(await codeOf(createWorkspace({ ctx: admin, input: { ...input, name: ' ' } }))).toBe('VALIDATION');
    const { workspaces } = await listWorkspaces({
      ctx: admin,
      input: { organizationId: own.organizationId },
    });
    expect(workspaces.map(({ name }) => name)).toEqual(['App', 'Main site']);
    expect(JSON.stringify(workspaces)).not.toMatch(/namespace/i);
  });

  test('of others do not exist for a customer', async () => {
    const { workspaces } = await listWorkspaces({ ctx: customer, input: {} });
    expect(workspaces.map(({ id }) => id)).toEqual([tenant.workspaceId]);
    const input = { organizationId: foreign.organizationId };
    expect(await codeOf(listWorkspaces({ ctx: customer, input }))).toBe('NOT_FOUND');
  });
});

describe('collection keys', () => {
  const input = () => ({ workspaceId: tenant.workspaceId, kind: 'server' as const, name: 'Backend' });

  test('are shown once, stored as a hash, listed without the key', async () => {
    const { key, apiKey } = await createApiKey({ ctx: customer, input: input() });
    const row = await database.db.apiKey.findUniqueOrThrow({ where: { id: apiKey.id } });
    expect(Buffer.from(row.keyHash).equals(hashApiKey(key))).toBe(true);
    expect(row.organizationId).toBe(tenant.organizationId);
    const listed = await listApiKeys({ ctx: customer, input: { workspaceId: tenant.workspaceId } });
    expect(listed.apiKeys.map(({ id }) => id)).toContain(apiKey.id);
    expect(JSON.stringify(listed)).not.toContain(key);
    expect(await actionsOn(`api-key:${apiKey.id}`)).toEqual(['api-key.create']);
  });

  test('are revoked once, and the revocation is recorded', async () => {
    const { apiKey } = await createApiKey({ ctx: customer, input: input() });
    const revoke = { ctx: customer, input: { apiKeyId: apiKey.id } };
    expect((await revokeApiKey(revoke)).revokedAt).not.toBeNull();
    expect(await codeOf(revokeApiKey(revoke))).toBe('CONFLICT');
    expect(await actionsOn(`api-key:${apiKey.id}`)).toEqual(['api-key.create', 'api-key.revoke']);
  });

  test('are out of reach for ops, viewers and other organizations', async () => {
    const { apiKey } = await createApiKey({ ctx: customer, input: input() });
    const byId = { apiKeyId: apiKey.id };
    for (const role of ['ops', 'customer_viewer'] as const) {
      const ctx = await people.ctxOf(role, tenant);
      expect(await codeOf(createApiKey({ ctx, input: input() }))).toBe('FORBIDDEN');
      expect(await codeOf(revokeApiKey({ ctx, input: byId }))).toBe('FORBIDDEN');
      expect(await codeOf(listApiKeys({ ctx, input: input() }))).toBe('FORBIDDEN');
    }
    const stranger = await people.ctxOf('customer_admin', foreign);
    expect(await codeOf(createApiKey({ ctx: stranger, input: input() }))).toBe('NOT_FOUND');
    expect(await codeOf(revokeApiKey({ ctx: stranger, input: byId }))).toBe('NOT_FOUND');
    expect(await codeOf(listApiKeys({ ctx: stranger, input: input() }))).toBe('NOT_FOUND');
    expect(await actionsOn(`api-key:${apiKey.id}`)).toEqual(['api-key.create']);
  });
});
