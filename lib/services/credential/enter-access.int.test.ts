import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adoptNewest } from '@/lib/testing/adopt-newest';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory, routingInput, TEST_SECRET } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { Ctx } from '../context';
import { createRouting } from '../routing/create';
import { getRouting } from '../routing/get';
import { listActivity } from '../routing/list-activity';
import { startRouting } from '../routing/start';
import { updateRouting } from '../routing/update';
import { enterAccess } from './enter-access';

const KEYS = { accessKeyId: 'AKIAROTATEDROTATEDRO', secretAccessKey: 'X'.repeat(40) };

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let designer: Ctx;
let customer: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  designer = await people.ctxOf('technical_services');
  customer = await people.ctxOf('customer_admin', tenant);
});
afterAll(() => database.close());

/** A routing without access keys, or with them. */
async function makeRouting(keys: 'with' | 'without', of = tenant) {
  const { accessKeyId, secretAccessKey, ...input } = routingInput(of);
  const given = keys === 'with' ? { ...input, accessKeyId, secretAccessKey } : input;
  return (await createRouting({ ctx: designer, input: given })).routing;
}

async function openNewest(routingId: string) {
  const row = await database.db.credential.findFirstOrThrow({
    where: { routingId },
    orderBy: { version: 'desc' },
  });
  const opened = await people.opener.openCredential({
    ...row,
    credentialId: row.id,
    accessKeyIdSealed: Buffer.from(row.accessKeyIdSealed!),
    secretAccessKeySealed: Buffer.from(row.secretAccessKeySealed!),
  });
  return { id: row.id, version: row.version, opened };
}

describe('a routing made without access keys', () => {
  test('waits for its customer, with no credential, and its start says what is missing', async () => {
    const routing = await makeRouting('without');
    expect(routing).toMatchObject({ label: 'awaiting_customer', whoseMove: 'customer' });
    expect(routing.destination).toMatchObject({ version: 1, accessKeyIdLast4: null });
    expect(await database.db.credential.count({ where: { routingId: routing.id } })).toBe(0);
    const start = startRouting({ ctx: designer, input: { routingId: routing.id, withoutCheck: true } });
    await expect(start).rejects.toMatchObject({
      code: 'PRECONDITION',
      message: expect.stringContaining('Enter its access key ID'),
    });
  });

  test('is checked, and starts, once its customer has entered them', async () => {
    const { id: routingId, version } = await makeRouting('without');
    const { routing, notices } = await enterAccess({
      ctx: customer,
      input: { routingId, version, ...KEYS, secretAccessKey: ` ${KEYS.secretAccessKey}\n` },
    });
    expect(routing).toMatchObject({ label: 'verifying', version: version + 1 });
    expect(routing.destination).toMatchObject({ version: 2, accessKeyIdLast4: 'EDRO' });
    expect(notices).toHaveLength(1);
    const credential = await openNewest(routingId);
    expect(credential).toMatchObject({ version: 1, opened: KEYS });
    const { activity } = await listActivity({ ctx: customer, input: { routingId } });
    expect(activity.map(({ change }) => (change.kind === 'state' ? change.to : change.action))).toEqual(
      expect.arrayContaining(['verifying', 'routing.enter_access', 'routing.create']),
    );
    const started = await startRouting({ ctx: customer, input: { routingId, withoutCheck: true } });
    expect(started.label).toBe('starting');
  });

  test('is checked as well when an edit brings the keys, and not when it brings another bucket', async () => {
    const made = await makeRouting('without');
    const { endpoint, region, prefix } = made.destination;
    const { name, dataTypes, promiseSeconds, flushIntervalMs } = made;
    const edit = { routingId: made.id, name, dataTypes: [...dataTypes], promiseSeconds, flushIntervalMs };
    const place = { endpoint, region, prefix, bucket: 'aurora-archive' };
    const moved = await updateRouting({
      ctx: designer,
      input: { ...edit, ...place, version: 1 },
    });
    expect(moved.routing).toMatchObject({ label: 'awaiting_customer', destination: { version: 2 } });
    const given = await updateRouting({
      ctx: designer,
      input: { ...edit, ...place, ...KEYS, version: 2 },
    });
    expect(given.routing).toMatchObject({ label: 'verifying', destination: { accessKeyIdLast4: 'EDRO' } });
  });
});

describe('new access for a routing that runs', () => {
  test('makes a new credential for the same place and, once adopted, frees every lane, whatever it waited for', async () => {
    const own = await createTenant(database.sql);
    const routing = await makeRouting('with', own);
    await database.sql.query(`SELECT log.ensure_stream($1, $2, 'events')`, [
      own.organizationId,
      own.workspaceId,
    ]);
    const { id: routingId } = routing;
    await startRouting({ ctx: designer, input: { routingId, withoutCheck: true } });
    const { rows } = await database.sql.query<{ epoch: number }>(
      `UPDATE lane SET not_before = now() + interval '1 hour', failures = 9, held_cause = 'conflict'
       WHERE routing_id = $1 RETURNING epoch`,
      [routingId],
    );
    const input = { routingId, version: routing.version, ...KEYS };
    const saved = (await enterAccess({ ctx: designer, input })).routing;
    expect(saved).toMatchObject({ destination: { version: 1 } });
    expect(await database.db.lane.findFirstOrThrow({ where: { routingId } })).toMatchObject({ failures: 9 });
    expect(await adoptNewest(database.sql, routingId)).toBe(true);
    const after = await getRouting({ ctx: designer, input: { routingId } });
    expect(after).toMatchObject({ label: 'starting', destination: { version: 2, bucket: 'aurora-events' } });
    const lane = await database.db.lane.findFirstOrThrow({ where: { routingId } });
    expect(lane).toMatchObject({ notBefore: null, failures: 0, heldCause: null, running: true });
    expect(Number(lane.epoch)).toBe(rows[0]!.epoch + 1);
    const newest = await openNewest(routingId);
    expect(newest).toMatchObject({ version: 2, opened: KEYS });
    const versions = await database.db.destination.findMany({
      where: { routingId },
      orderBy: { version: 'asc' },
    });
    expect(versions.map(({ credentialId }) => credentialId === newest.id)).toEqual([false, true]);
  });

  test('leaves neither key in audit, history or view', async () => {
    const { id: routingId, version } = await makeRouting('with');
    const answer = await enterAccess({ ctx: customer, input: { routingId, version, ...KEYS } });
    const audit = await database.db.auditEvent.findMany({ where: { target: `routing:${routingId}` } });
    const [entered] = audit.filter(({ action }) => action === 'routing.enter_access');
    expect(entered?.detail).toEqual({
      'accessKeyIdLast4.before': 'MPLE',
      'accessKeyIdLast4.after': 'EDRO',
      destinationVersion: 2,
    });
    const shown = JSON.stringify([audit.map(({ detail }) => detail), answer]);
    for (const secret of [KEYS.accessKeyId, KEYS.secretAccessKey, TEST_SECRET]) {
      expect(shown).not.toContain(secret);
    }
  });
});

describe('entering access is refused', () => {
  test('with the fault of each key, judged by where the bucket is', async () => {
    const { id: routingId, version } = await makeRouting('without');
    const wrong = { routingId, version, accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: '' };
    await expect(enterAccess({ ctx: customer, input: wrong })).rejects.toMatchObject({
      code: 'VALIDATION',
      issues: [{ field: 'accessKeyId' }, { field: 'secretAccessKey' }],
    });
    expect(await database.db.credential.count({ where: { routingId } })).toBe(0);
  });

  test('on another version than the present one, and once the routing has ended', async () => {
    const { id: routingId, version } = await makeRouting('with');
    const enter = (on: number) =>
      codeOf(enterAccess({ ctx: customer, input: { routingId, version: on, ...KEYS } }));
    expect(await enter(version + 1)).toBe('CONFLICT');
    await database.sql.query(`UPDATE routing SET lifecycle = 'archived' WHERE id = $1`, [routingId]);
    expect(await enter(version)).toBe('PRECONDITION');
    const view = await getRouting({ ctx: customer, input: { routingId } });
    expect(view).toMatchObject({ version, destination: { version: 1 } });
  });

  test('to ops and viewers, and to strangers as if it were not there', async () => {
    const { id: routingId, version } = await makeRouting('without');
    const codes = [];
    for (const role of ['ops', 'customer_viewer'] as const) {
      const ctx = await people.ctxOf(role, tenant);
      codes.push(await codeOf(enterAccess({ ctx, input: { routingId, version, ...KEYS } })));
    }
    const stranger = await people.ctxOf('customer_admin', await createTenant(database.sql));
    codes.push(await codeOf(enterAccess({ ctx: stranger, input: { routingId, version, ...KEYS } })));
    const unknown = { routingId: randomUUID(), version, ...KEYS };
    codes.push(await codeOf(enterAccess({ ctx: designer, input: unknown })));
    expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND']);
  });
});
