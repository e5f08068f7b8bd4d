import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';
import { checkApiToken } from './check';
import { createApiToken } from './create';
import { listApiTokens } from './list';
import { revokeApiToken } from './revoke';

let database: TestDatabase;
let people: CtxFactory;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
});
afterAll(() => database.close());

const INPUT = { name: 'Terraform' };

test('a token acts as its owner with the role of today, is shown once and stored as a hash only', async () => {
  const ctx = await people.ctxOf('ops');
  const { token, apiToken } = await createApiToken({ ctx, input: INPUT });
  expect(token).toMatch(/^slt_[\w-]{43}$/);
  expect(apiToken.last4).toBe(token.slice(-4));
  expect(await checkApiToken({ ctx, input: { token } })).toEqual({ ...ctx.actor, kind: 'api_token' });
  await database.db.user.update({ where: { id: ctx.actor.userId }, data: { role: 'admin' } });
  expect((await checkApiToken({ ctx, input: { token } }))?.role).toBe('admin');
  expect(JSON.stringify(await listApiTokens({ ctx }))).not.toContain(token);
  const { rows } = await database.sql.query<{ text: string }>(
    'SELECT to_jsonb(t)::text AS text FROM api_token t UNION ALL SELECT to_jsonb(a)::text FROM audit_event a',
  );
  for (const { text } of rows) expect(text).not.toContain(token);
});

test('a token that is made up, altered, revoked, expired or of a disabled account does not work', async () => {
  const ctx = await people.ctxOf('ops');
  const make = async () => (await createApiToken({ ctx, input: INPUT })).token;
  const works = async (token: string) => (await checkApiToken({ ctx, input: { token } })) !== null;
  const [token, expired, revoked] = [await make(), await make(), await make()];
  expect([
    await works(token),
    await works(''),
    await works(`${token}x`),
    await works(token.slice(4)),
  ]).toEqual([true, false, false, false]);
  const byLast4 = (last4: string) => database.db.apiToken.findFirstOrThrow({ where: { last4 } });
  const { id } = await byLast4(expired.slice(-4));
  await database.sql.query('UPDATE api_token SET expires_at = now() WHERE id = $1', [id]);
  expect(await works(expired)).toBe(false);
  await revokeApiToken({ ctx, input: { apiTokenId: (await byLast4(revoked.slice(-4))).id } });
  expect(await works(revoked)).toBe(false);
  await database.db.user.update({ where: { id: ctx.actor.userId }, data: { disabledAt: new Date() } });
  expect(await works(token)).toBe(false);
});

test('a token cannot make or revoke tokens, nor can a viewer', async () => {
  const ctx = await people.ctxOf('admin');
  const { apiToken } = await createApiToken({ ctx, input: INPUT });
  const asToken = { ...ctx, actor: { ...ctx.actor, kind: 'api_token' as const } };
  expect(await codeOf(createApiToken({ ctx: asToken, input: INPUT }))).toBe('FORBIDDEN');
  expect(await codeOf(revokeApiToken({ ctx: asToken, input: { apiTokenId: apiToken.id } }))).toBe(
    'FORBIDDEN',
  );
  const viewer = await people.ctxOf('customer_viewer', await createTenant(database.sql));
  expect(await codeOf(createApiToken({ ctx: viewer, input: INPUT }))).toBe('FORBIDDEN');
});

test('a token is its owner’s: others see it neither in the list nor by its id', async () => {
  const [owner, other] = [await people.ctxOf('admin'), await people.ctxOf('admin')];
  const { apiToken } = await createApiToken({ ctx: owner, input: INPUT });
  const input = { apiTokenId: apiToken.id };
  expect((await listApiTokens({ ctx: other })).apiTokens).toEqual([]);
  expect(await codeOf(revokeApiToken({ ctx: other, input }))).toBe('NOT_FOUND');
  expect((await revokeApiToken({ ctx: owner, input })).revokedAt).not.toBeNull();
  expect(await codeOf(revokeApiToken({ ctx: owner, input }))).toBe('CONFLICT');
  const target = `api-token:${apiToken.id}`;
  const audit = await database.db.auditEvent.findMany({ where: { target }, orderBy: { id: 'asc' } });
  expect(audit.map(({ action }) => action)).toEqual(['api-token.create', 'api-token.revoke']);
});
