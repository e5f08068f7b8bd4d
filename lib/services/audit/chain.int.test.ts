import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VENDOR_CHAIN } from '@/lib/domain/audit/chain';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';
import { verifyChains } from './verify-chains';

let database: TestDatabase;
let organizationId: string;
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
});
afterAll(() => database.close());

const INSERT = `INSERT INTO audit_event (organization_id, actor, action, target, detail)
  SELECT $1, 'user:a', 'test.act', 'thing:' || n, jsonb_build_object('n', n, 'ü"', repeat('é', n)) FROM generate_series(1, $2::int) n`;

async function record(rows: number, inOrganization: string | null = organizationId): Promise<void> {
  await database.sql.query(INSERT, [inOrganization, rows]);
}

/** What somebody with every right over the database does: no rule of it holds them. */
async function tamper(statement: string): Promise<void> {
  await database.sql.query(`SET LOCAL session_replication_role = replica; ${statement}`);
}

const eventAt = (seq: number) =>
  `(SELECT event_id FROM audit.link WHERE chain = '${organizationId}' AND seq = ${seq})`;
const ofChain = (seq: number) => `chain = '${organizationId}' AND seq = ${seq}`;

async function findings() {
  const verification = await verifyChains(database.sql);
  return verification.findings.map(({ chain, seq, kind }) => {
    expect(chain).toBe(organizationId);
    return [seq, kind];
  });
}

describe('what somebody with every right over the database did is found, and the row named', () => {
  const TAMPERED: readonly [string, () => string, [number | null, string][]][] = [
    [
      'altered detail',
      () => `UPDATE audit_event SET detail = '{"n": 9}' WHERE id = ${eventAt(3)}`,
      [[3, 'altered']],
    ],
    [
      'another actor',
      () => `UPDATE audit_event SET actor = 'user:b' WHERE id = ${eventAt(1)}`,
      [[1, 'altered']],
    ],
    [
      'an instant moved by a microsecond',
      () => `UPDATE audit_event SET at = at + interval '1 microsecond' WHERE id = ${eventAt(6)}`,
      [[6, 'altered']],
    ],
    [
      'text moved from one field to the next',
      () => `UPDATE audit_event SET action = 'test.ac', target = 't' || target WHERE id = ${eventAt(2)}`,
      [[2, 'altered']],
    ],
    ['a deleted row', () => `DELETE FROM audit_event WHERE id = ${eventAt(2)}`, [[2, 'row-missing']]],
    [
      'a row deleted with its place',
      () => `DELETE FROM audit_event WHERE id = ${eventAt(4)}; DELETE FROM audit.link WHERE ${ofChain(4)}`,
      [[4, 'link-missing']],
    ],
    [
      'two rows swapped',
      () => `UPDATE audit.link SET event_id = CASE seq WHEN 2 THEN ${eventAt(3)} ELSE ${eventAt(2)} END
        WHERE chain = '${organizationId}' AND seq IN (2, 3)`,
      [
        [2, 'altered'],
        [3, 'altered'],
      ],
    ],
    [
      'a tail cut off',
      () => `DELETE FROM audit_event WHERE id = ${eventAt(6)}; DELETE FROM audit.link WHERE ${ofChain(6)}`,
      [[5, 'cut-off']],
    ],
    [
      'a row inserted past the rules',
      () =>
        `INSERT INTO audit_event (organization_id, actor, action, target) VALUES ('${organizationId}', 'a', 'b', 'c')`,
      [[null, 'not-chained']],
    ],
    [
      'a place added behind the head',
      () => `INSERT INTO audit_event (organization_id, actor, action, target) VALUES ('${organizationId}', 'a', 'b', 'c');
        INSERT INTO audit.link SELECT '${organizationId}', 7, max(id), sha256('x') FROM audit_event`,
      [[7, 'cut-off']],
    ],
  ];

  test.each(TAMPERED)('%s: found, and the row named', async (_, statement, expected) => {
    ({ organizationId } = await createTenant(database.sql));
    await record(6);
    expect(await findings()).toEqual([]);
    // UNIQUE is checked row by row: a swap goes by way of no value at all.
    await tamper('ALTER TABLE audit.link DROP CONSTRAINT link_event_id_key');
    await tamper(statement());
    expect(await findings()).toEqual(expected);
    await tamper(`DELETE FROM audit_event WHERE organization_id = '${organizationId}';
      DELETE FROM audit.link WHERE chain = '${organizationId}';
      DELETE FROM audit.head WHERE chain = '${organizationId}';
      ALTER TABLE audit.link ADD CONSTRAINT link_event_id_key UNIQUE (event_id)`);
  });

  test('a chain written anew with right hashes, by heads that were kept', async () => {
    ({ organizationId } = await createTenant(database.sql));
    await record(5);
    const { heads: kept } = await verifyChains(database.sql);
    await tamper(`DELETE FROM audit_event WHERE organization_id = '${organizationId}';
      DELETE FROM audit.link WHERE chain = '${organizationId}';
      DELETE FROM audit.head WHERE chain = '${organizationId}'`);
    await record(6);
    expect(await findings()).toEqual([]);
    expect((await verifyChains(database.sql, { kept })).findings).toEqual([
      { chain: organizationId, seq: 5, eventId: null, kind: 'rewritten' },
    ]);
  });
});

test('rows are neither altered nor removed, by the owner of the tables either', async () => {
  await record(1, null);
  for (const table of ['audit_event', 'audit.link', 'audit.head']) {
    await expect(database.sql.query(`DELETE FROM ${table}`)).rejects.toThrow('only ever added to');
    await expect(database.sql.query(`TRUNCATE ${table} CASCADE`)).rejects.toThrow('only ever added to');
  }
  await expect(database.sql.query(`UPDATE audit_event SET actor = 'x'`)).rejects.toThrow(
    'only ever added to',
  );
  await expect(database.sql.query('UPDATE audit.link SET seq = seq + 1')).rejects.toThrow(
    'only ever added to',
  );
});

test('a mutation that is rolled back leaves no place in the chain', async () => {
  ({ organizationId } = await createTenant(database.sql));
  await record(2);
  await expect(
    database.sql.query(`INSERT INTO audit_event (organization_id, actor, action, target)
      VALUES ('${organizationId}', 'a', 'b', 'c'); SELECT 1 / 0`),
  ).rejects.toThrow('division by zero');
  await record(1);
  const { heads } = await verifyChains(database.sql);
  expect(heads.find(({ chain }) => chain === organizationId)?.seq).toBe(3);
});

test('writers of many chains at once, in any order of them, neither fork a chain nor wait for each other for ever', async () => {
  const tenants = await Promise.all(Array.from({ length: 4 }, () => createTenant(database.sql)));
  const chains = [null, ...tenants.map((tenant) => tenant.organizationId)];
  const before = await total();
  await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const order = index % 2 === 0 ? chains : chains.toReversed();
      await database.sql.query(
        `INSERT INTO audit_event (organization_id, actor, action, target)
         SELECT c, 'user:a', 'test.many', 'thing' FROM unnest($1::uuid[]) WITH ORDINALITY AS u (c, n) ORDER BY n`,
        [order],
      );
    }),
  );
  expect((await total()) - before).toBe(60 * chains.length);
  const { findings: found } = await verifyChains(database.sql);
  expect(found).toEqual([]);

  async function total(): Promise<number> {
    const { heads } = await verifyChains(database.sql);
    return heads.reduce((sum, { seq }) => sum + seq, 0);
  }
});

test('the command prints the heads, names what was altered and ends with 1', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-audit-'));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/audit/verify.ts', ...args], {
      env: { PATH: process.env.PATH, NODE_ENV: 'test', DATABASE_URL: database.url },
      encoding: 'utf8',
      timeout: 120_000,
    });
  try {
    ({ organizationId } = await createTenant(database.sql));
    await record(3);
    const well = run('--json');
    expect([well.status, JSON.parse(well.stdout).findings]).toEqual([0, []]);
    const kept = join(directory, 'kept.json');
    writeFileSync(kept, well.stdout);
    await tamper(`UPDATE audit_event SET actor = 'user:b' WHERE id = ${eventAt(2)};
      UPDATE audit.link SET hash = sha256('x') WHERE ${ofChain(3)};
      UPDATE audit.head SET hash = sha256('x') WHERE chain = '${organizationId}'`);
    const bad = run('--kept', kept);
    expect(bad.status).toBe(1);
    expect(bad.stderr).toContain(`Row 2 of the chain of organization ${organizationId} (audit_event`);
    expect(bad.stderr).toContain(
      `Row 3 of the chain of organization ${organizationId} is not the one that was kept`,
    );
    expect(bad.stdout).toMatch(new RegExp(`^${VENDOR_CHAIN} \\d+ [0-9a-f]{64}$`, 'm'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
