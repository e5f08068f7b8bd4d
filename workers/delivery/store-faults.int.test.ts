import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { ObjectStore } from '@/lib/platform/object-store/object-store';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { type AttemptNow, type RoutingNow, watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines, type TestRouting } from '@/lib/testing/routing';
import { createGlance, type Glance } from '@/lib/testing/routings-at-a-glance';
import { STORE_FAULT_CASES, type StoreFaultCase } from '@/lib/testing/store-fault-cases';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';

/** What was seen of a case: after the fault had struck, and when it was over. */
interface Seen {
  readonly struck: { attempt: AttemptNow; heldCause: string | null; routing: RoutingNow };
  readonly routing: TestRouting;
  readonly lines: readonly string[];
  readonly delivered: readonly string[];
  readonly attempts: readonly AttemptNow[];
  readonly objects: number;
  /** PUTs that reached the store. */
  readonly puts: number;
}

const SIDE_BY_SIDE = 8;
/** On a machine that has much else to do. */
const WAIT_MS = 120_000;
const PATIENT = { timeout: 240_000 };

let database: TestDatabase;
let store: TestObjectStore;
let log: EventLog;
let worker: TestWorker;
let glance: ReturnType<typeof createGlance>;
const deadlines = new Map<string, number>();
const seen = new Map<StoreFaultCase, Promise<Seen | Error>>();

beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
  store = await startTestObjectStore();
  log = createPostgresEventLog({ sql: database.sql });
  const slots = { whole: 16, behind: 12 };
  worker = await startTestWorker({ database, workerId: 'w1', slots, wrapStore: withShortDeadlines });
  glance = createGlance(database.sql);
  // Side by side: each has a routing of its own, and each test looks at its own.
  const waiting = [...STORE_FAULT_CASES];
  const settle = new Map<StoreFaultCase, (found: Promise<Seen | Error>) => void>();
  for (const one of waiting) seen.set(one, new Promise((resolve) => settle.set(one, resolve)));
  const takeTurns = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const found = runCase(one).catch((err: Error) => err);
      settle.get(one)?.(found);
      await found;
    }
  };
  for (let turn = 0; turn < SIDE_BY_SIDE; turn += 1) void takeTurns();
});
afterAll(async () => {
  store.control.faults.clear();
  await worker.stop();
  await store.close();
  await database.close();
});

function withShortDeadlines(given: ObjectStore): ObjectStore {
  const deadlineOf = (key: string, usual: number) =>
    deadlines.get(key.slice(0, key.indexOf('/') + 1)) ?? usual;
  return {
    ...given,
    putIfAbsent: (request) =>
      given.putIfAbsent({ ...request, deadlineMs: deadlineOf(request.place.key, request.deadlineMs) }),
    head: (place, access, usual) => given.head(place, access, deadlineOf(place.key, usual)),
  };
}

function linesOf({ name, isLarge }: StoreFaultCase): string[] {
  if (isLarge !== true) return numberedLines(name, 20);
  return Array.from({ length: 10 }, () => JSON.stringify({ id: randomBytes(30_000).toString('base64') }));
}

async function runCase(one: StoreFaultCase): Promise<Seen> {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store });
  const watch = watchRouting(sql, routing);
  const { prefix } = routing;
  if (one.deadlineMs !== undefined) deadlines.set(prefix, one.deadlineMs);
  const add = (operation: 'PutObject' | 'HeadObject', effect: StoreFaultCase['effect'], times = 1) =>
    store.control.faults.add({ match: { operation, prefix }, effect, times });
  if (one.moment === 'HEAD') add('PutObject', { kind: 'drop', applied: true });
  add(one.moment === 'HEAD' ? 'HeadObject' : 'PutObject', one.effect, one.times);
  const lines = linesOf(one);
  await appendLines(log, routing.streamId, lines);
  // Only the first back-off of a HEAD's case passes at once: after what is looked at here nothing may follow unseen.
  if (one.moment === 'HEAD') {
    await until('the reply is lost', routing.routingId, (now) => now.failures >= 1 && !now.is_leased);
    await watch.letTimePass(0);
  }
  if (one.verdict.kind !== 'fine') await untilStruck(routing, one);
  const isDone = ({ done, head, next }: Glance) => head > 0 && done === head && next === done;
  if (one.verdict.kind === 'fine') await until('the lane is done', routing.routingId, isDone);
  const struck = await lookAt(watch);
  if (one.verdict.kind !== 'held') {
    glance.hurried.add(routing.routingId);
    await until('the lane is done', routing.routingId, isDone);
    glance.hurried.delete(routing.routingId);
  }
  // Without its due end a file is not in the ledger as it is in the bucket: of a held one only the object is looked at.
  const delivered = one.verdict.kind === 'held' ? [] : await readDeliveredLines(store, sql, prefix);
  const objects = (await store.listKeys(prefix)).length;
  const requests = store.control.seenRequests.list({ operation: 'PutObject' });
  const puts = requests.filter(({ key }) => key.startsWith(prefix)).length;
  return { struck, routing, lines, delivered, attempts: await watch.attempts(), objects, puts };
}

/** Until the fault has struck and all that follows from it is written. */
async function untilStruck({ routingId }: TestRouting, { moment, verdict }: StoreFaultCase): Promise<void> {
  const failures = moment === 'HEAD' ? 2 : 1;
  await until('the fault has struck', routingId, (now) => now.failures >= failures && !now.is_leased);
  if (verdict.kind === 'blocked' || verdict.kind === 'held') {
    const { cause } = verdict;
    await until(`blocked because of ${cause}`, routingId, (now) => now.health_cause === cause);
  }
  if (verdict.kind === 'doubted') await until('failing', routingId, (now) => now.health === 'failing');
}

function until(what: string, routingId: string, isSo: (now: Glance) => boolean) {
  return glance.until(what, routingId, isSo, WAIT_MS);
}

async function lookAt(watch: ReturnType<typeof watchRouting>): Promise<Seen['struck']> {
  const attempt = (await watch.attempts()).at(-1);
  if (attempt === undefined) throw new Error('There was no attempt');
  return { attempt, heldCause: (await watch.lane()).held_cause, routing: await watch.routing() };
}

async function seenOf(one: StoreFaultCase): Promise<Seen> {
  const found = await seen.get(one);
  if (found === undefined || found instanceof Error) throw found ?? new Error('The case was not run');
  return found;
}

function casesOf(...kinds: readonly StoreFaultCase['verdict']['kind'][]) {
  return STORE_FAULT_CASES.filter(({ verdict }) => kinds.includes(verdict.kind)).map(
    (one) => [one.moment, one.name, one] as const,
  );
}

/** Each line once, under one key, by at most one request per attempt: nobody but the ledger tries again. */
function expectOnce({ lines, delivered, objects, puts, attempts }: Seen): void {
  expect(delivered).toEqual([...lines].sort());
  expect(objects).toBe(1);
  expect(puts).toBeLessThanOrEqual(attempts.length);
}

describe('a passing fault', PATIENT, () => {
  test.each(casesOf('again'))('%s: %s is tried again, and every line arrives once', async (_, _name, one) => {
    const found = await seenOf(one);
    expectOnce(found);
    const { attempt, heldCause, routing } = found.struck;
    const said = `${attempt.http_status} ${attempt.code}`;
    expect({ kind: 'again', outcome: attempt.outcome, answer: said }).toEqual(one.verdict);
    expect(heldCause).toBeNull();
    expect(routing.health).not.toBe('blocked');
  });
});

describe('a slow link', PATIENT, () => {
  test.each(casesOf('fine'))('%s: %s delivers at the first try', async (_, _name, one) => {
    const found = await seenOf(one);
    expectOnce(found);
    expect(found.attempts).toMatchObject([{ outcome: 'done' }]);
  });
});

describe('access that is gone', PATIENT, () => {
  test.each(casesOf('blocked', 'doubted'))(
    '%s: %s is named at the first hit; the lane waits and goes on by itself',
    async (_, _name, one) => {
      const found = await seenOf(one);
      expectOnce(found);
      expect(found.struck.heldCause).toBeNull();
    },
  );
});

describe('what nobody may decide but a person', PATIENT, () => {
  test.each(casesOf('held'))(
    '%s: %s holds the lane, and nothing is overwritten or skipped',
    async (_, _name, one) => {
      const found = await seenOf(one);
      const { struck, objects, puts, attempts } = found;
      expect(struck.heldCause).toBe(one.verdict.kind === 'held' && one.verdict.cause);
      // A stranger's object stays as the stranger left it; our own earlier write stays the only one.
      const isThere = one.moment === 'HEAD' || one.effect.kind === 'foreign-object';
      expect([objects, puts]).toEqual([isThere ? 1 : 0, attempts.length]);
      if (one.effect.kind === 'foreign-object') {
        const [key] = await store.listKeys(found.routing.prefix);
        expect((await store.getObject(key!)).body.toString()).toBe('written by somebody else');
      }
    },
  );

  test('stays held while neighbours deliver', async () => {
    const held = await Promise.all(casesOf('held').map(([, , one]) => seenOf(one)));
    const { sql } = database;
    const neighbour = await createTestRouting({ sql, store, tenant: held[0]!.routing.tenant });
    const watch = watchRouting(sql, neighbour);
    await watch.untilDispatched(2);
    const lines = numberedLines('neighbour', 20);
    await appendLines(log, neighbour.streamId, lines);
    await watch.untilCaughtUp();
    expect(await readDeliveredLines(store, sql, neighbour.prefix)).toEqual([...lines].sort());
    for (const { routing, attempts } of held) {
      const now = watchRouting(sql, routing);
      expect(await now.lane()).toMatchObject({ done: 0, held_cause: expect.any(String) });
      expect(await now.attempts()).toEqual(attempts);
    }
  });
});
