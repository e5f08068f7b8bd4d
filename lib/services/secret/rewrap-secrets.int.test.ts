import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateSealKeyPair } from '@/lib/platform/secret-box/key-pair';
import { createOpener } from '@/lib/platform/secret-box/opener';
import { rsaKeyRing } from '@/lib/platform/secret-box/rsa-keys';
import { createSealer } from '@/lib/platform/secret-box/sealer';
import type { Sql } from '@/lib/platform/sql';
import { createRouting } from '@/lib/services/routing/create';
import { createCtxFactory, routingInput, TEST_ACCESS_KEY_ID, TEST_SECRET } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';
import { rewrapSecrets } from './rewrap-secrets';
import { SEALED_TABLES } from './sealed-table';

let database: TestDatabase;
let sql: Sql;
const [older, newer, lost] = [generateSealKeyPair(), generateSealKeyPair(), generateSealKeyPair()];
const ring = rsaKeyRing(`${newer.privateKeyPem}\n${older.privateKeyPem}`);
const keys = { from: [ring], to: ring.newest };

beforeAll(async () => {
  database = await createTestDatabase();
  sql = database.sql;
});
afterAll(() => database.close());

/** A routing whose keys were sealed to `publicKeyPem`; its id. */
async function sealedRouting(publicKeyPem: string): Promise<string> {
  const tenant = await createTenant(sql);
  const ctx = await createCtxFactory(database).ctxOf('admin');
  const sealer = createSealer(publicKeyPem);
  const { routing } = await createRouting({ ctx: { ...ctx, sealer }, input: routingInput(tenant) });
  return routing.id;
}

async function openWithRing(privateKeyPems: string, routingId: string) {
  const row = await database.db.credential.findFirstOrThrow({ where: { routingId } });
  return createOpener(privateKeyPems).openCredential({
    ...row,
    credentialId: row.id,
    accessKeyIdSealed: Buffer.from(row.accessKeyIdSealed!),
    secretAccessKeySealed: Buffer.from(row.secretAccessKeySealed!),
  });
}

test('a rotation leaves every secret open to the new key alone, and a second one does nothing', async () => {
  const routingId = await sealedRouting(older.publicKeyPem);
  await expect(openWithRing(newer.privateKeyPem, routingId)).rejects.toThrow(older.keyId);
  expect(await rewrapSecrets(sql, keys)).toMatchObject({ keyId: newer.keyId, unreadable: [] });
  expect(await openWithRing(newer.privateKeyPem, routingId)).toEqual({
    accessKeyId: TEST_ACCESS_KEY_ID,
    secretAccessKey: TEST_SECRET,
  });
  const row = await database.db.credential.findFirstOrThrow({ where: { routingId } });
  expect(row.keyId).toBe(newer.keyId);
  expect((await rewrapSecrets(sql, keys)).rewrapped).toBe(0);
});

test('a secret of a key that nobody holds is named with its key, and left as it is', async () => {
  const routingId = await sealedRouting(lost.publicKeyPem);
  const report = await rewrapSecrets(sql, keys);
  expect(report.unreadable.map(({ keyId }) => keyId)).toEqual([lost.keyId, lost.keyId]);
  expect((await openWithRing(lost.privateKeyPem, routingId)).secretAccessKey).toBe(TEST_SECRET);
});

test('two rotations at once leave one wrapping', async () => {
  const routingId = await sealedRouting(older.publicKeyPem);
  await Promise.all([rewrapSecrets(sql, keys), rewrapSecrets(sql, keys)]);
  expect((await openWithRing(newer.privateKeyPem, routingId)).secretAccessKey).toBe(TEST_SECRET);
});

test('the rotation knows every sealed column of the database', async () => {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name LIKE '%sealed' AND data_type = 'bytea' ORDER BY 1`,
  );
  const known = SEALED_TABLES.flatMap(({ table, columns }) =>
    Object.keys(columns).map((column) => `${table}.${column}`),
  );
  expect(rows.map(({ name }) => name)).toEqual(known.sort());
});
