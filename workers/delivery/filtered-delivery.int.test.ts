import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { describeGzipFile } from '@/lib/domain/chunk/gzip-file';
import { Stitch } from '@/lib/domain/chunk/stitch';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { readDelivered, readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { linesNamed, namedEventLines } from '@/lib/testing/event-lines';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import {
  appendLines,
  createTestRouting,
  numberedLines,
  type TestRouting,
  thisHourMs,
} from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker, type TestWorker, type TestWorkerOptions } from '@/lib/testing/worker';

const HOUR_MS = 3_600_000;
const NAMES = ['Pageview', 'SlotClicked', 'SlotViewable', 'Page'];
const WANTED = ['SlotClicked', 'Page', 'NeverSent'];

let database: TestDatabase;
let store: TestObjectStore;
let log: EventLog;
beforeAll(async () => {
  database = await createTestDatabase({ connectionsMax: 20 });
  store = await startTestObjectStore();
  log = createPostgresEventLog({ sql: database.sql });
});
afterAll(async () => {
  await store.close();
  await database.close();
});

let worker: TestWorker | undefined;
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  store.control.faults.clear();
});

async function deliver(routings: readonly TestRouting[], options: Partial<TestWorkerOptions> = {}) {
  worker ??= await startTestWorker({ database, workerId: 'w1', ...options });
  for (const routing of routings) await watchRouting(database.sql, routing).untilCaughtUp();
}

function createFiltered(options: { eventNames?: readonly string[]; tenant?: TestRouting['tenant'] } = {}) {
  return createTestRouting({ sql: database.sql, store, eventNames: WANTED, ...options });
}

const delivered = ({ prefix }: TestRouting) => readDeliveredLines(store, database.sql, prefix);

async function cutsOf({ routingId }: TestRouting) {
  const { rows } = await database.sql.query(
    `SELECT c.rows, c.state, c.event_names, (SELECT count(*)::int FROM file f WHERE f.cut_id = c.id) AS files,
       (SELECT sum(a.rows)::int FROM cut_set_aside a WHERE a.cut_id = c.id) AS set_aside
     FROM cut c WHERE c.routing_id = $1 ORDER BY c.id`,
    [routingId],
  );
  return rows;
}

describe('three routings of one workspace, one of them filtered', () => {
  test('each gets exactly its lines, and the unfiltered files are the stored bodies, byte for byte', async () => {
    const { sql } = database;
    const all = await createTestRouting({ sql, store, dataTypes: ['events', 'sync_aliases', 'segment'] });
    const { tenant } = all;
    const events = await createTestRouting({ sql, store, tenant });
    const filtered = await createTestRouting({
      sql,
      store,
      tenant,
      eventNames: WANTED,
      dataTypes: ['events', 'sync_aliases'],
    });
    const fat = namedEventLines(NAMES, 400, 'x'.repeat(300));
    const aliases = numberedLines('alias', 20);
    const segments = numberedLines('segment', 5);
    await appendLines(log, all.streamId, fat, { linesPerChunk: 100 });
    await appendLines(log, all.streamIds.sync_aliases!, aliases);
    await appendLines(log, all.streamIds.segment!, segments, { snapshotEnd: true });
    await deliver([all, events, filtered]);
    const kept = linesNamed(fat, WANTED);
    expect(kept).toHaveLength(200);
    expect(await delivered(all)).toEqual([...fat, ...aliases, ...segments].sort());
    expect(await delivered(events)).toEqual([...fat].sort());
    expect(await delivered(filtered)).toEqual([...kept, ...aliases].sort());
    const stitched = await stitchedOf(all.streamId);
    for (const { prefix } of [all, events]) {
      const [key] = await store.listKeys(`${prefix}type=events`);
      expect((await store.getObject(key!)).body.equals(stitched)).toBe(true);
    }
    const [file] = await readDelivered(store, sql, `${filtered.prefix}type=events`);
    expect(file?.lines).toEqual(kept);
    expect(file?.metadata).toMatchObject({ 'sluice-first-offset': '0', 'sluice-last-offset': '3' });
  });

  test('thin chunks, interleaved hours and many cuts lose and double nothing', async () => {
    const everything = await createTestRouting({ sql: database.sql, store });
    const filtered = await createFiltered({ tenant: everything.tenant });
    const lines: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const firstMs = thisHourMs();
      const some = namedEventLines(NAMES, 60);
      lines.push(...some);
      for (const [half, hourMs] of [firstMs, firstMs + HOUR_MS].entries()) {
        const part = some.slice(half * 30, half * 30 + 30);
        await appendLines(log, filtered.streamId, part, { hourMs, linesPerChunk: 3 });
      }
      await deliver([everything, filtered]);
    }
    expect(await delivered(everything)).toEqual([...lines].sort());
    expect(await delivered(filtered)).toEqual(linesNamed(lines, WANTED).sort());
  });

  async function stitchedOf(streamId: number): Promise<Buffer> {
    const { nextOffset } = await log.head(streamId);
    const stitch = new Stitch(describeGzipFile(await log.scan(streamId, 0, nextOffset)));
    for await (const { body } of log.read(streamId, 0, nextOffset - 1)) stitch.add(body);
    return stitch.finish();
  }
});

describe('what a filter leaves out', () => {
  test('an hour without a matching line becomes no file, and the receipt names what was set aside', async () => {
    const routing = await createFiltered();
    const hourMs = thisHourMs() + HOUR_MS;
    const matching = namedEventLines(NAMES, 8);
    const before = { hourMs: hourMs - HOUR_MS };
    await appendLines(log, routing.streamId, namedEventLines(['Pageview'], 10), before);
    await appendLines(log, routing.streamId, matching, { hourMs });
    await deliver([routing]);
    const files = await readDelivered(store, database.sql, routing.prefix);
    expect(files.map((file) => file.lines)).toEqual([linesNamed(matching, WANTED)]);
    expect(await cutsOf(routing)).toEqual([
      { rows: 18, state: 'committed', event_names: WANTED, files: 1, set_aside: 14 },
    ]);
  });

  test('a cut without any matching line is sealed and committed with no file and no PUT, also over lost replies', async () => {
    const routing = await createFiltered();
    const lost = new Set<string>();
    const lose = async <T>(verb: string, run: () => Promise<T>): Promise<T> => {
      const result = await run();
      if (lost.has(verb)) return result;
      lost.add(verb);
      throw new Error('Connection terminated unexpectedly');
    };
    await appendLines(log, routing.streamId, namedEventLines(['Pageview', 'Slot'], 30), {
      linesPerChunk: 10,
    });
    worker = await startTestWorker({
      database,
      workerId: 'w1',
      wrapLedger: (ledger) => ({
        ...ledger,
        sealCut: (request) => lose('seal', () => ledger.sealCut(request)),
        commitCut: (...args) => lose('commit', () => ledger.commitCut(...args)),
      }),
    });
    await watchRouting(database.sql, routing).untilCaughtUp();
    expect([...lost]).toEqual(['seal', 'commit']);
    expect(await store.listKeys(routing.prefix)).toEqual([]);
    expect(await watchRouting(database.sql, routing).attempts()).toEqual([]);
    const cut = { rows: 30, state: 'committed', event_names: WANTED, files: 0, set_aside: 30 };
    expect(await cutsOf(routing)).toEqual([cut]);
    const { rows } = await database.sql.query(
      `SELECT l.rows_done = s.rows_total AND l.body_bytes_done = s.body_bytes_total AS exact
       FROM lane l JOIN log.stream s ON s.id = l.stream_id WHERE l.routing_id = $1`,
      [routing.routingId],
    );
    expect(rows).toEqual([{ exact: true }]);
  });

  test('a cut ends at 64 MB of lines, and the next one goes on behind it', async () => {
    const routing = await createFiltered({ eventNames: ['Rare'] });
    const padding = 'x'.repeat(1_000_000);
    const lines: string[] = [];
    for (let chunk = 0; chunk < 70; chunk += 1) {
      const rare = namedEventLines(['Rare'], 1);
      lines.push(...rare);
      await appendLines(log, routing.streamId, [...namedEventLines(['Pageview'], 1, padding), ...rare]);
    }
    await deliver([routing]);
    expect((await cutsOf(routing)).length).toBeGreaterThan(1);
    expect(await delivered(routing)).toEqual([...lines].sort());
  });
});

describe('faults', () => {
  test('a PUT whose reply is lost is found to be our own, though it is compressed again', async () => {
    const routing = await createFiltered();
    const { faultId } = store.control.faults.add({
      match: { operation: 'PutObject', prefix: routing.prefix },
      effect: { kind: 'drop', applied: true },
      times: 2,
    });
    const lines = namedEventLines(NAMES, 80);
    await appendLines(log, routing.streamId, lines, { linesPerChunk: 5 });
    const watch = watchRouting(database.sql, routing);
    worker = await startTestWorker({ database, workerId: 'w1' });
    await store.control.faults.waitForHits(faultId, 1, 20_000);
    await waitUntil('every lane is done', async () => {
      await watch.letTimePass(0);
      const lane = await watch.lane();
      return lane.done === lane.head && lane.next === lane.done;
    });
    expect(await delivered(routing)).toEqual(linesNamed(lines, WANTED).sort());
    expect((await watch.attempts()).map(({ http_status }) => http_status)).toContain(412);
  });

  test('a chunk that is damaged is set aside before the seal; its neighbours are filtered and delivered once', async () => {
    const routing = await createFiltered();
    const lines = namedEventLines(NAMES, 24);
    await appendLines(log, routing.streamId, lines, { linesPerChunk: 8 });
    await database.sql.query(
      'UPDATE log.chunk SET crc_raw = (crc_raw + 1) % 4294967296 WHERE stream_id = $1 AND "offset" = 1',
      [routing.streamId],
    );
    await deliver([routing]);
    expect(await delivered(routing)).toEqual(
      linesNamed([...lines.slice(0, 8), ...lines.slice(16)], WANTED).sort(),
    );
    const { rows } = await database.sql.query(
      'SELECT reason, rows::int, offsets::int[] FROM cut_set_aside WHERE routing_id = $1 ORDER BY reason',
      [routing.routingId],
    );
    expect(rows).toEqual([
      { reason: 'corrupt', rows: 8, offsets: [1] },
      { reason: 'filtered', rows: 8, offsets: [] },
    ]);
  });
});
