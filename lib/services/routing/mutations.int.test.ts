import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '@/lib/domain/access/actor';
import { adoptNewest } from '@/lib/testing/adopt-newest';
import { codeOf } from '@/lib/testing/code-of';
import {
  type CtxFactory,
  createCtxFactory,
  routingInput,
  TEST_ACCESS_KEY_ID,
  TEST_ENDPOINT,
  TEST_SECRET,
} from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { Ctx } from '../context';
import { createRouting } from './create';
import { getRouting } from './get';
import { listActivity } from './list-activity';
import { pauseRouting } from './pause';
import { resumeRouting } from './resume';
import { startRouting } from './start';
import { updateRouting } from './update';

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let foreign: TestTenant;
let designer: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  foreign = await createTenant(database.sql);
  designer = await people.ctxOf('technical_services');
});
afterAll(() => database.close());

async function makeRouting() {
  return (await createRouting({ ctx: designer, input: routingInput(tenant) })).routing;
}

/** The whole of an edit as a form sends it that changes nothing. */
function editOf(routing: Awaited<ReturnType<typeof makeRouting>>) {
  const { endpoint, bucket, region, prefix, kmsKeyArn } = routing.destination;
  const { id: routingId, version, name, promiseSeconds, flushIntervalMs } = routing;
  const dataTypes = [...routing.dataTypes];
  const place = { endpoint, bucket, region, prefix, kmsKeyArn };
  return { routingId, version, name, dataTypes, promiseSeconds, flushIntervalMs, ...place };
}

function auditOf(routingId: string) {
  return database.db.auditEvent.findMany({
    where: { target: `routing:${routingId}` },
    orderBy: { id: 'asc' },
  });
}

async function addStream(type: string): Promise<number> {
  const { rows } = await database.sql.query<{ id: number }>('SELECT log.ensure_stream($1, $2, $3) AS id', [
    tenant.organizationId,
    tenant.workspaceId,
    type,
  ]);
  return rows[0]!.id;
}

function lanesOf(routingId: string) {
  return database.db.lane.findMany({ where: { routingId }, orderBy: { streamId: 'asc' } });
}

describe('creating a routing', () => {
  test('stores a draft whose secret only a worker can open, and its audit row', async () => {
    const { routing, notices } = await createRouting({
      ctx: designer,
      input: { ...routingInput(tenant), secretAccessKey: ` "${TEST_SECRET}"\n` },
    });
    expect(routing).toMatchObject({
      label: 'verifying',
      version: 1,
      whoseMove: 'us',
      pendingRows: 0,
      lastFile: null,
    });
    expect(routing.destination).toMatchObject({ version: 1, prefix: 'sluice/', accessKeyIdLast4: 'MPLE' });
    expect(notices).toHaveLength(1);

    const row = await database.db.credential.findFirstOrThrow({ where: { routingId: routing.id } });
    const opened = await people.opener.openCredential({
      ...row,
      credentialId: row.id,
      accessKeyIdSealed: Buffer.from(row.accessKeyIdSealed!),
      secretAccessKeySealed: Buffer.from(row.secretAccessKeySealed!),
    });
    expect(opened).toEqual({ accessKeyId: TEST_ACCESS_KEY_ID, secretAccessKey: TEST_SECRET });
    const [audit] = await auditOf(routing.id);
    expect(audit).toMatchObject({ action: 'routing.create', actor: `user:${designer.actor.userId}` });
    expect(audit?.organizationId).toBe(tenant.organizationId);
  });

  test('leaves the secret in no row of the database, no view and no error', async () => {
    const { routing } = await createRouting({ ctx: designer, input: routingInput(tenant) });
    await updateRouting({
      ctx: designer,
      input: { ...editOf(routing), accessKeyId: TEST_ACCESS_KEY_ID, secretAccessKey: TEST_SECRET },
    });
    const { rows } = await database.sql.query<{ text: string }>(
      `SELECT to_jsonb(c)::text AS text FROM credential c UNION ALL SELECT to_jsonb(d)::text FROM destination d
       UNION ALL SELECT to_jsonb(a)::text FROM audit_event a UNION ALL SELECT to_jsonb(r)::text FROM routing r`,
    );
    expect(rows.length).toBeGreaterThan(4);
    const hex = Buffer.from(TEST_SECRET).toString('hex');
    for (const { text } of rows) expect(text.includes(TEST_SECRET) || text.includes(hex)).toBe(false);
    expect(
      JSON.stringify(await getRouting({ ctx: designer, input: { routingId: routing.id } })),
    ).not.toContain(TEST_ACCESS_KEY_ID);
    const wrong = { ...routingInput(tenant), bucket: 'UPPER', secretAccessKey: `${TEST_SECRET}extra` };
    const error = await createRouting({ ctx: designer, input: wrong }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'VALIDATION' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(TEST_SECRET);
  });

  test.each(['ops', 'customer_admin', 'customer_viewer'] as const)('is refused to %s', async (role) => {
    const ctx = await people.ctxOf(role, tenant);
    expect(await codeOf(createRouting({ ctx, input: routingInput(tenant) }))).toBe('FORBIDDEN');
  });

  test('with a workspace of another organization, or none, answers as if it did not exist', async () => {
    const workspaceId = foreign.workspaceId;
    expect(
      await codeOf(createRouting({ ctx: designer, input: { ...routingInput(tenant), workspaceId } })),
    ).toBe('NOT_FOUND');
    const unknown = { ...routingInput(tenant), workspaceId: randomUUID() };
    expect(await codeOf(createRouting({ ctx: designer, input: unknown }))).toBe('NOT_FOUND');
  });

  test('takes an endpoint of the operator’s list and no other', async () => {
    const input = routingInput(tenant);
    const { routing } = await createRouting({ ctx: designer, input: { ...input, endpoint: TEST_ENDPOINT } });
    expect(routing.destination.endpoint).toBe(TEST_ENDPOINT);
    const other = { ...input, endpoint: 'http://169.254.169.254' };
    expect(await codeOf(createRouting({ ctx: designer, input: other }))).toBe('VALIDATION');
  });
});

describe('starting, pausing and resuming', () => {
  test('open the lanes, stop them and let them run again, fenced by a new epoch each time', async () => {
    const routing = await makeRouting();
    await Promise.all(['events', 'segment'].map(addStream));
    const input = { routingId: routing.id };
    expect(await startRouting({ ctx: designer, input: { ...input, withoutCheck: true } })).toMatchObject({
      label: 'starting',
      intent: 'run',
    });
    const [started, ...others] = await lanesOf(routing.id);
    expect(others).toEqual([]);
    expect(started?.running).toBe(true);

    await database.sql.query(
      `UPDATE lane SET not_before = now() + interval '1 hour', failures = 7, held_cause = 'conflict' WHERE routing_id = $1`,
      [routing.id],
    );
    expect(await pauseRouting({ ctx: designer, input })).toMatchObject({ label: 'pausing', intent: 'pause' });
    const [paused] = await lanesOf(routing.id);
    expect(paused).toMatchObject({ running: false, epoch: started!.epoch + 1n, heldCause: 'conflict' });

    expect(await resumeRouting({ ctx: designer, input })).toMatchObject({ label: 'resuming', intent: 'run' });
    const [resumed] = await lanesOf(routing.id);
    expect(resumed).toMatchObject({ running: true, epoch: paused!.epoch + 1n, notBefore: null, failures: 0 });
    expect(resumed?.heldCause).toBeNull();

    const actions = (await auditOf(routing.id)).map(({ action }) => action);
    expect(actions).toEqual(['routing.create', 'routing.start', 'routing.pause', 'routing.resume']);
    const { activity } = await listActivity({ ctx: designer, input });
    const states = activity.flatMap(({ change }) =>
      change.kind === 'state' ? [`${change.from}>${change.to}`] : [],
    );
    expect(states).toEqual(['pausing>resuming', 'starting>pausing', 'verifying>starting']);
    expect(activity[0]?.actor).toBe(designer.actor.name);
  });

  test('a paused routing cannot be paused again, and the answer says that it is paused', async () => {
    const { id: routingId } = await makeRouting();
    const input = { routingId };
    await startRouting({ ctx: designer, input: { ...input, withoutCheck: true } });
    await pauseRouting({ ctx: designer, input });
    await database.sql.query(`UPDATE routing SET lifecycle = 'paused' WHERE id = $1`, [routingId]);
    const before = await auditOf(routingId);
    await expect(pauseRouting({ ctx: designer, input })).rejects.toThrow('paused already');
    expect(await codeOf(pauseRouting({ ctx: designer, input }))).toBe('CONFLICT');
    expect(await auditOf(routingId)).toEqual(before);
  });

  test('of two people who press Pause at once exactly one wins', async () => {
    const { id: routingId } = await makeRouting();
    await startRouting({ ctx: designer, input: { routingId, withoutCheck: true } });
    const ops = await people.ctxOf('ops');
    const codes = await Promise.all(
      [designer, ops, designer, ops].map((ctx) => codeOf(pauseRouting({ ctx, input: { routingId } }))),
    );
    expect(codes.sort()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'none']);
  });

  test('a stream that is born while a routing is paused gets a lane that does not run until it is resumed', async () => {
    const own = await createTenant(database.sql);
    const { routing } = await createRouting({ ctx: designer, input: routingInput(own) });
    const input = { routingId: routing.id };
    await startRouting({ ctx: designer, input: { ...input, withoutCheck: true } });
    await pauseRouting({ ctx: designer, input });
    await database.sql.query(`SELECT log.ensure_stream($1, $2, 'events')`, [
      own.organizationId,
      own.workspaceId,
    ]);
    expect((await lanesOf(routing.id)).map(({ running }) => running)).toEqual([false]);
    await resumeRouting({ ctx: designer, input });
    expect((await lanesOf(routing.id)).map(({ running }) => running)).toEqual([true]);
  });

  test('a stream that is born in the very moment of a pause never gets a lane that runs', async () => {
    for (let round = 0; round < 8; round += 1) {
      const own = await createTenant(database.sql);
      const { routing } = await createRouting({ ctx: designer, input: routingInput(own) });
      const input = { routingId: routing.id };
      await startRouting({ ctx: designer, input: { ...input, withoutCheck: true } });
      await Promise.all([
        pauseRouting({ ctx: designer, input }),
        ...['events', 'sync_aliases'].map((type) =>
          database.sql.query('SELECT log.ensure_stream($1, $2, $3)', [
            own.organizationId,
            own.workspaceId,
            type,
          ]),
        ),
      ]);
      expect((await lanesOf(routing.id)).map(({ running }) => running)).toEqual([false, false]);
    }
  });

  const refused: readonly [string, typeof startRouting, readonly Role[]][] = [
    ['start', startRouting, ['ops', 'customer_viewer']],
    ['pause', pauseRouting, ['customer_viewer']],
    ['resume', resumeRouting, ['customer_viewer']],
  ];
  test.each(refused)(
    '%s is refused to roles that may not, and to strangers as if it were not there',
    async (...row) => {
      const [, verb, roles] = row;
      const { id: routingId } = await makeRouting();
      for (const role of roles) {
        expect(await codeOf(verb({ ctx: await people.ctxOf(role, tenant), input: { routingId } }))).toBe(
          'FORBIDDEN',
        );
      }
      const stranger = await people.ctxOf('customer_admin', foreign);
      expect(await codeOf(verb({ ctx: stranger, input: { routingId } }))).toBe('NOT_FOUND');
      expect(await codeOf(verb({ ctx: designer, input: { routingId: randomUUID() } }))).toBe('NOT_FOUND');
      expect(await auditOf(routingId)).toHaveLength(1);
    },
  );
});

describe('editing a routing', () => {
  test('of the name leaves destination and lanes alone', async () => {
    const routing = await makeRouting();
    await addStream('events');
    await startRouting({ ctx: designer, input: { routingId: routing.id, withoutCheck: true } });
    const before = await lanesOf(routing.id);
    const saved = await updateRouting({ ctx: designer, input: { ...editOf(routing), name: 'App' } });
    expect(saved.routing).toMatchObject({ name: 'App', version: 2, destination: { version: 1 } });
    expect(await lanesOf(routing.id)).toEqual(before);
  });

  test('of the bucket makes a new destination version with the same access, which fences the lanes once it is adopted', async () => {
    const routing = await makeRouting();
    await addStream('events');
    await startRouting({ ctx: designer, input: { routingId: routing.id, withoutCheck: true } });
    const [before] = await lanesOf(routing.id);
    const { routing: saved } = await updateRouting({
      ctx: designer,
      input: { ...editOf(routing), bucket: 'aurora-archive' },
    });
    expect(saved.destination).toMatchObject({ bucket: 'aurora-events', version: 1 });
    expect(await lanesOf(routing.id)).toEqual([before]);
    expect(await adoptNewest(database.sql, routing.id)).toBe(true);
    const after = await getRouting({ ctx: designer, input: { routingId: routing.id } });
    expect(after.destination).toMatchObject({ bucket: 'aurora-archive', version: 2 });
    const versions = await database.db.destination.findMany({
      where: { routingId: routing.id },
      orderBy: { version: 'asc' },
    });
    expect(versions.map(({ bucket }) => bucket)).toEqual(['aurora-events', 'aurora-archive']);
    expect(versions[0]?.credentialId).toBe(versions[1]?.credentialId);
    expect((await lanesOf(routing.id))[0]?.epoch).toBe(before!.epoch + 1n);
  });

  test('of the keys makes a new credential that opens, and says so in the audit without the keys', async () => {
    const routing = await makeRouting();
    const secretAccessKey = 'X'.repeat(40);
    await updateRouting({
      ctx: await people.ctxOf('customer_admin', tenant),
      input: { ...editOf(routing), accessKeyId: 'AKIAROTATEDROTATEDRO', secretAccessKey },
    });
    const rows = await database.db.credential.findMany({
      where: { routingId: routing.id },
      orderBy: { version: 'asc' },
    });
    expect(rows.map(({ version }) => version)).toEqual([1, 2]);
    const row = rows[1]!;
    const opened = await people.opener.openCredential({
      ...row,
      credentialId: row.id,
      accessKeyIdSealed: Buffer.from(row.accessKeyIdSealed!),
      secretAccessKeySealed: Buffer.from(row.secretAccessKeySealed!),
    });
    expect(opened.secretAccessKey).toBe(secretAccessKey);
    const audit = (await auditOf(routing.id)).at(-1);
    expect(audit).toMatchObject({ action: 'routing.update', detail: { 'accessKeyIdLast4.after': 'EDRO' } });
  });

  test('of the data types stops the lanes of a type that was dropped and opens those of one that was added', async () => {
    const own = await createTenant(database.sql);
    const { routing } = await createRouting({ ctx: designer, input: routingInput(own) });
    for (const type of ['events', 'segment']) {
      await database.sql.query('SELECT log.ensure_stream($1, $2, $3)', [
        own.organizationId,
        own.workspaceId,
        type,
      ]);
    }
    await startRouting({ ctx: designer, input: { routingId: routing.id, withoutCheck: true } });
    await updateRouting({ ctx: designer, input: { ...editOf(routing), dataTypes: ['segment'] } });
    expect((await lanesOf(routing.id)).map(({ running }) => running)).toEqual([false, true]);
  });

  test('that changes nothing writes nothing', async () => {
    const routing = await makeRouting();
    const { routing: after } = await updateRouting({ ctx: designer, input: editOf(routing) });
    expect(after.version).toBe(1);
    expect(await auditOf(routing.id)).toHaveLength(1);
  });

  test('by two people at once: exactly one wins, the other is told and nothing of theirs is stored', async () => {
    const routing = await makeRouting();
    const admin = await people.ctxOf('admin');
    const names = ['A', 'B', 'C', 'D'];
    const codes = await Promise.all(
      names.map((name, n) =>
        codeOf(updateRouting({ ctx: n % 2 === 0 ? designer : admin, input: { ...editOf(routing), name } })),
      ),
    );
    expect(codes.filter((code) => code === 'none')).toHaveLength(1);
    expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(3);
    const after = await getRouting({ ctx: designer, input: { routingId: routing.id } });
    expect(after.name).toBe(names[codes.indexOf('none')]);
    expect(await auditOf(routing.id)).toHaveLength(2);
  });

  test('is refused to ops and viewers; a customer may change the place of a draft but not its settings', async () => {
    const routing = await makeRouting();
    for (const role of ['ops', 'customer_viewer'] as const) {
      const ctx = await people.ctxOf(role, tenant);
      expect(await codeOf(updateRouting({ ctx, input: { ...editOf(routing), name: 'X' } }))).toBe(
        'FORBIDDEN',
      );
    }
    const customer = await people.ctxOf('customer_admin', tenant);
    expect(await codeOf(updateRouting({ ctx: customer, input: { ...editOf(routing), name: 'X' } }))).toBe(
      'FORBIDDEN',
    );
    const place = { ...editOf(routing), prefix: 'elsewhere/' };
    expect(await codeOf(updateRouting({ ctx: customer, input: place }))).toBe('none');
    const stranger = await people.ctxOf('customer_admin', foreign);
    expect(await codeOf(updateRouting({ ctx: stranger, input: { ...place, version: 2 } }))).toBe('NOT_FOUND');
  });

  test('of a routing that has ended is refused', async () => {
    const routing = await makeRouting();
    await database.sql.query(`UPDATE routing SET lifecycle = 'archived' WHERE id = $1`, [routing.id]);
    const input = { ...editOf(routing), name: 'X' };
    expect(await codeOf(updateRouting({ ctx: designer, input }))).toBe('PRECONDITION');
  });
});
