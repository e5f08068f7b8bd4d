import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '@/lib/domain/access/actor';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { closeLostAttempts } from '@/lib/services/delivery/close-lost-attempts';
import { createDeliveryLedger } from '@/lib/services/delivery/create-delivery-ledger';
import { settleRoutings } from '@/lib/services/delivery/settle-routings';
import { listHours } from '@/lib/services/hour/list-hours';
import { listGaps } from '@/lib/services/retention/list-gaps';
import { codeOf } from '@/lib/testing/code-of';
import { type CtxFactory, createCtxFactory, routingInput, TEST_SECRET } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { appendLines, createTestRouting, numberedLines, thisHourMs } from '@/lib/testing/routing';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { Ctx } from '../context';
import { archiveRouting } from './archive';
import { createRouting } from './create';
import { disableRouting } from './disable';
import { listRoutings } from './list';
import { listActivity } from './list-activity';
import { setRetention } from './set-retention';
import { startRouting } from './start';

const REASON = 'The customer has left';
const STORE = {
  endpoint: 'http://127.0.0.1:9',
  bucket: 'b',
  region: 'eu-west-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: TEST_SECRET,
};

let database: TestDatabase;
let people: CtxFactory;
let tenant: TestTenant;
let admin: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createCtxFactory(database);
  tenant = await createTenant(database.sql);
  admin = await people.ctxOf('admin');
});
afterAll(() => database.close());

async function makeDraft(name = 'Main site') {
  const given = await createTenant(database.sql);
  return (await createRouting({ ctx: admin, input: { ...routingInput(given), name } })).routing;
}

const archive = (routingId: string, name: string, ctx = admin) =>
  archiveRouting({ ctx, input: { routingId, name, reason: REASON } });

describe('archive', () => {
  test('erases what was sealed, for good, and keeps the rest of the history', async () => {
    const routing = await makeDraft();
    const before = await database.db.credential.findFirstOrThrow({ where: { routingId: routing.id } });
    const proven = { endpoint: '', bucket: 'given-back', prefix: '' };
    const { organizationId } = before;
    await database.db.placeReservation.create({ data: { ...proven, organizationId, routingId: routing.id } });
    expect((await archive(routing.id, 'Main site')).label).toBe('archived');
    expect(await database.db.placeReservation.count({ where: { routingId: routing.id } })).toBe(0);
    const after = await database.db.credential.findFirstOrThrow({ where: { routingId: routing.id } });
    expect(after).toMatchObject({
      accessKeyIdSealed: null,
      secretAccessKeySealed: null,
      keyId: null,
      accessKeyIdLast4: before.accessKeyIdLast4,
    });
    expect(after.erasedAt).not.toBeNull();
    const place = { routingId: routing.id, endpoint: '', bucket: 'aurora-events' };
    expect(await createDeliveryLedger(database.sql).readPlaceAccess(place)).toBeNull();
    const everything = await database.sql.query<{ text: string }>(
      'SELECT c::text AS text FROM credential c WHERE routing_id = $1',
      [routing.id],
    );
    const sealed = Buffer.from(before.secretAccessKeySealed ?? []).toString('hex');
    expect(everything.rows[0]?.text).not.toContain(sealed.slice(0, 64));
    const { activity } = await listActivity({ ctx: admin, input: { routingId: routing.id } });
    expect(activity[0]?.change).toMatchObject({
      kind: 'state',
      from: 'verifying',
      to: 'archived',
      reason: REASON,
    });
    expect(await codeOf(archive(routing.id, 'Main site'))).toBe('CONFLICT');
    expect(
      await codeOf(startRouting({ ctx: admin, input: { routingId: routing.id, withoutCheck: true } })),
    ).toBe('PRECONDITION');
  });

  test('asks for the name as it is, and for a routing that has ended', async () => {
    const routing = await makeDraft('Checkout');
    expect(await codeOf(archive(routing.id, 'checkout'))).toBe('VALIDATION');
    await startRouting({ ctx: admin, input: { routingId: routing.id, withoutCheck: true } });
    expect(await codeOf(archive(routing.id, 'Checkout'))).toBe('PRECONDITION');
    await disableRouting({ ctx: admin, input: { routingId: routing.id, mode: 'drain', reason: REASON } });
    expect(await codeOf(archive(routing.id, 'Checkout'))).toBe('PRECONDITION');
    await settleRoutings(database.sql, 'w');
    expect((await archive(routing.id, 'Checkout')).lifecycle).toBe('archived');
  });

  test('takes it out of every view; its status finds it', async () => {
    const routing = await makeDraft('Gone');
    await archive(routing.id, 'Gone');
    const found = async (input: Parameters<typeof listRoutings>[0]['input']) =>
      (await listRoutings({ ctx: admin, input: { q: 'Gone', ...input } })).routings.map(({ id }) => id);
    expect(await found({})).toEqual([]);
    expect(await found({ view: 'onboarding' })).toEqual([]);
    expect(await found({ status: 'archived' })).toEqual([routing.id]);
  });
});

describe('who may end a routing', () => {
  test.each<[Role, boolean]>([
    ['admin', true],
    ['customer_admin', true],
    ['technical_services', false],
    ['ops', false],
    ['customer_viewer', false],
  ])('%s: %s', async (role, may) => {
    const given = await createTestRouting({ sql: database.sql, store: STORE });
    const ctx = await people.ctxOf(role, given.tenant);
    const { routingId } = given;
    const disable = disableRouting({ ctx, input: { routingId, mode: 'discard', reason: REASON } });
    expect(await codeOf(disable)).toBe(may ? 'none' : 'FORBIDDEN');
    await settleRoutings(database.sql, 'w');
    expect(await codeOf(archive(routingId, 'Export', ctx))).toBe(may ? 'none' : 'FORBIDDEN');
  });

  test('nobody of another organization: to them there is no such routing', async () => {
    const { routingId } = await createTestRouting({ sql: database.sql, store: STORE });
    const stranger = await people.ctxOf('customer_admin', tenant);
    const input = { routingId, mode: 'discard' as const, reason: REASON };
    expect(await codeOf(disableRouting({ ctx: stranger, input }))).toBe('NOT_FOUND');
    expect(await codeOf(archive(routingId, 'Export', stranger))).toBe('NOT_FOUND');
    expect(await codeOf(setRetention({ ctx: stranger, input: { routingId, retentionHours: 48 } }))).toBe(
      'NOT_FOUND',
    );
  });
});

test('a deadline later than events are kept is refused, and so is an end without a reason', async () => {
  const { routingId } = await createTestRouting({ sql: database.sql, store: STORE });
  const end = (input: object) =>
    codeOf(disableRouting({ ctx: admin, input: { routingId, mode: 'drain', reason: REASON, ...input } }));
  expect(await end({ drainMinutes: 169 * 60 })).toBe('VALIDATION');
  expect(await end({ reason: ' ' })).toBe('VALIDATION');
  expect(await end({ mode: 'discard', drainMinutes: 5 })).toBe('VALIDATION');
  expect(await end({})).toBe('none');
  expect(await end({})).toBe('CONFLICT');
});

describe('what is left', () => {
  const HOUR_MS = 3_600_000;

  test('is a gap that no late answer turns into a file, and its receipts add up when its chunks have gone', async () => {
    const { sql } = database;
    const routing = await createTestRouting({ sql, store: STORE });
    const { routingId, streamId } = routing;
    const log = createPostgresEventLog({ sql });
    const hourMs = thisHourMs();
    await appendLines(log, streamId, numberedLines('a', 10), { hourMs, linesPerChunk: 5 });
    const ledger = createDeliveryLedger(sql);
    const { rows } = await sql.query<{ id: number; epoch: number }>(
      `UPDATE lane SET pending_since = now() - interval '1 hour' WHERE routing_id = $1 RETURNING id, epoch`,
      [routingId],
    );
    const lane = await ledger.claimLane({ laneId: rows[0]!.id, epoch: rows[0]!.epoch }, 60_000);
    const file = { ...FILE, hourMs, fileId: routingId, key: `${routingId}.gz` };
    const sealed = await ledger.sealCut({ ...CUT, lane: lane!, files: [file] });
    await disableRouting({ ctx: admin, input: { routingId, mode: 'discard', reason: REASON } });
    await appendLines(log, streamId, numberedLines('b', 15), { hourMs, linesPerChunk: 5 });
    await settleRoutings(sql, 'w');
    // Its PUT may be under way: nothing is decided before that is over.
    expect((await listGaps({ ctx: admin, input: { routingId } })).gaps).toEqual([]);
    await sql.query(`UPDATE attempt SET deadline_at = now() - interval '1 minute' WHERE routing_id = $1`, [
      routingId,
    ]);
    await closeLostAttempts(sql);
    await settleRoutings(sql, 'w');
    const { gaps } = await listGaps({ ctx: admin, input: { routingId } });
    expect(gaps.map((gap) => [gap.firstOffset, gap.lastOffset, gap.rows, gap.mayExist]).sort()).toEqual([
      [0, 0, 5, true],
      [1, 1, 5, false],
    ]);
    const done = { routingId, streamId, leftOut: [], eventNames: [], ...PLACE, ...file };
    const end = { ...END, attemptId: sealed?.attemptId ?? 0 };
    const object = { etag: '"e"', gzipBytes: 1 };
    expect(await ledger.finishFile({ ...done, denials: 0, firstDenialAgoMs: 0 }, object, end)).toBe(false);
    expect(await ledger.commitCut(sealed?.cutId ?? 0, null)).toBe(false);
    expect(await ledger.claimLane({ laneId: rows[0]!.id, epoch: rows[0]!.epoch + 1 }, 60_000)).toBeNull();

    const hour = new Date(hourMs).toISOString();
    const to = new Date(hourMs + HOUR_MS).toISOString();
    const receipt = async () =>
      (await listHours({ ctx: admin, input: { routingId, type: 'events', from: hour, to } })).hours[0];
    const balanced = { accepted: 10, gap: 10, pending: 0, delivered: 0, isBalanced: true };
    expect(await receipt()).toMatchObject(balanced);
    await sql.query('SELECT log.count_hours($1, 100)', [streamId]);
    await sql.query('DELETE FROM log.chunk WHERE stream_id = $1', [streamId]);
    expect(await receipt()).toMatchObject(balanced);
  });

  const CUT = {
    ...{ lo: 0, hi: 0, reason: 'age', rows: 5, rawBytes: 9, bodyBytes: 9 },
    ...{ sealedAtMs: Date.now(), setAside: [], workerId: 'w1', deadlineMs: 30_000 },
  };
  const FILE = {
    ...{
      generation: 1,
      lo: 0,
      hi: 0,
      kind: 'stitched' as const,
      rows: 5,
      rawBytes: 9,
      crcRaw: 1,
      bodyBytes: 9,
    },
    ...{ receivedMinMs: Date.now(), receivedMaxMs: Date.now(), receivedSumMs: 0n },
  };
  const PLACE = { endpoint: STORE.endpoint, bucket: 'b', type: 'events' as const };
  const END = { outcome: 'done' as const, httpStatus: 200, code: null, requestId: null, message: null };
});

describe('how long undelivered events are held', () => {
  test('is shortened at once where nothing is lost by it, and where something is only if that is accepted', async () => {
    const { sql } = database;
    const { routingId, streamId } = await createTestRouting({ sql, store: STORE });
    const log = createPostgresEventLog({ sql });
    const set = (retentionHours: number, acceptsLoss = false) =>
      setRetention({ ctx: admin, input: { routingId, retentionHours, acceptsLoss } });
    await appendLines(log, streamId, numberedLines('old', 7));
    await sql.query(`UPDATE log.chunk SET hour = hour - interval '30 hours' WHERE stream_id = $1`, [
      streamId,
    ]);
    await appendLines(log, streamId, numberedLines('new', 5));
    expect((await set(24)).retentionHours).toBe(24);
    await set(168);
    await sql.query(`UPDATE lane SET held_cause = 'conflict' WHERE routing_id = $1`, [routingId]);
    await expect(set(24)).rejects.toMatchObject({
      code: 'VALIDATION',
      issues: [{ field: 'acceptsLoss', message: expect.stringMatching(/^7 undelivered events/) }],
    });
    expect((await set(31)).retentionHours).toBe(31);
    expect((await set(24, true)).retentionHours).toBe(24);
    expect(await codeOf(set(23))).toBe('VALIDATION');
    expect(await codeOf(set(169))).toBe('VALIDATION');
  });
});
