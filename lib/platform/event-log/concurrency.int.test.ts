import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants, inflateRawSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '@/lib/platform/clock';
import { createSql, type Sql } from '@/lib/platform/sql';
import { closeHours } from '@/lib/services/stream/close-hours';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { TEST_HOUR_MS, testChunk } from '@/lib/testing/chunk';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';
import { APPEND_TEXT, toAppendParameters } from './append-statement';
import type { AppendResult, EventLog } from './event-log';
import { createPostgresEventLog } from './postgres-event-log';

const HOUR_MS = 3_600_000;
/** An hour that no test closes. */
const OPEN_HOUR_MS = TEST_HOUR_MS + 24 * HOUR_MS;
const TYPES = ['events', 'sync_aliases', 'segment'] as const;

let database: TestDatabase;
let collectors: { sql: Sql; log: EventLog }[];
let log: EventLog;
let streamIds: number[];
beforeAll(async () => {
  database = await createTestDatabase();
  log = createPostgresEventLog({ sql: database.sql });
});
afterAll(() => database.close());
beforeEach(async () => {
  collectors = Array.from({ length: 4 }, () => {
    const sql = createSql({
      databaseUrl: database.url,
      applicationName: 'collector',
      connectionsMax: 4,
    });
    return { sql, log: createPostgresEventLog({ sql }) };
  });
  const tenants = [await createTenant(database.sql), await createTenant(database.sql)];
  const wanted = tenants.flatMap((tenant) => TYPES.map((type) => ({ ...tenant, type })));
  streamIds = await Promise.all(wanted.map((stream) => ensureStream(database.sql, stream)));
});
afterEach(async () => {
  await Promise.all(collectors.map(({ sql }) => sql.end()));
  // A deadlock is tried again and would not show otherwise. Sessions count theirs when they end.
  const count = async (statement: string) =>
    (await database.sql.query<{ count: number }>(statement)).rows[0]!.count;
  await expect
    .poll(
      () =>
        count(`SELECT count(*) AS count FROM pg_stat_activity
          WHERE application_name = 'collector' AND datname = current_database()`),
      { timeout: 30_000 },
    )
    .toBe(0);
  expect(
    await count('SELECT deadlocks AS count FROM pg_stat_database WHERE datname = current_database()'),
  ).toBe(0);
});

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Every line of a stream in offset order; throws at a hole, a damaged body or a wrong running total. */
async function readLines(streamId: number): Promise<string[]> {
  const { nextOffset } = await log.head(streamId);
  const lines: string[] = [];
  for await (const { meta, body } of log.read(streamId, 0, nextOffset - 1)) {
    expect(meta.rowsBefore).toBe(lines.length);
    const raw = inflateRawSync(body, { finishFlush: constants.Z_SYNC_FLUSH });
    lines.push(...raw.toString().trimEnd().split('\n'));
  }
  return lines;
}

test('4 collectors on shared streams in random orders: no deadlock, no gap, nothing lost, nothing twice', async () => {
  const sent = new Map<number, string[]>(streamIds.map((streamId) => [streamId, []]));
  const collect = async (own: EventLog, rounds: number) => {
    for (let round = 0; round < rounds; round += 1) {
      // Some streams twice, in any order: only the head locks bring order into it.
      const targets = shuffled([...streamIds, ...streamIds]).slice(0, 1 + Math.floor(Math.random() * 8));
      const chunks = await Promise.all(
        targets.map(async (streamId) => {
          const line = randomUUID();
          sent.get(streamId)!.push(line);
          return testChunk(streamId, [line], { hourMs: OPEN_HOUR_MS });
        }),
      );
      const result = await own.append({ appendId: randomUUID(), chunks, idempotency: [] });
      expect(result.kind).toBe('stored');
    }
  };
  await Promise.all(
    collectors.flatMap((collector) => Array.from({ length: 3 }, () => collect(collector.log, 40))),
  );
  for (const streamId of streamIds) {
    expect((await readLines(streamId)).sort()).toEqual(sent.get(streamId)!.sort());
  }
});

test('one append id sent by 4 collectors at once, with keys: stored once, and all of them get its placement', async () => {
  const { workspaceId } = await createTenant(database.sql);
  for (let round = 0; round < 20; round += 1) {
    const chunks = await Promise.all(
      shuffled(streamIds).map((streamId) => testChunk(streamId, [`${round}`], { hourMs: OPEN_HOUR_MS })),
    );
    const key = { workspaceId, call: 'events', key: randomUUID(), bodyHash: Buffer.of(1), status: 200 };
    const request = {
      appendId: randomUUID(),
      chunks,
      idempotency: round % 2 === 0 ? [] : [{ ...key, answer: Buffer.from('x') }],
    };
    const results = await Promise.all(collectors.map((collector) => collector.log.append(request)));
    expect(results).toEqual(Array(4).fill({ kind: 'stored', offsets: chunks.map(() => round) }));
  }
});

test('two requests that share keys in opposite order never deadlock, and one of them stores everything', async () => {
  const { workspaceId } = await createTenant(database.sql);
  for (let round = 0; round < 20; round += 1) {
    const rows = Array.from({ length: 200 }, (_, i) => ({
      workspaceId,
      call: 'events',
      key: `${round}-${i}`,
      bodyHash: Buffer.of(1),
      status: 200,
      answer: Buffer.of(2),
    }));
    const chunk = await testChunk(streamIds[0]!, [`${round}`], { hourMs: OPEN_HOUR_MS });
    const results: AppendResult[] = await Promise.all(
      collectors.map((collector, i) =>
        collector.log.append({
          appendId: randomUUID(),
          chunks: [chunk],
          idempotency: i % 2 === 0 ? rows : rows.toReversed(),
        }),
      ),
    );
    expect(results.filter(({ kind }) => kind === 'stored')).toEqual([{ kind: 'stored', offsets: [round] }]);
    const refused = results.filter((result) => result.kind === 'key_exists');
    expect(refused.map((result) => result.idempotencyIndexes)).toEqual(Array(3).fill(rows.map((_, i) => i)));
  }
});

test('once an hour is closed nothing more lands in it, however many appends are under way', async () => {
  const streamId = streamIds[0]!;
  let closed = false;
  const collect = async (own: EventLog) => {
    for (let late = 0; late < 3; ) {
      const chunks = [await testChunk(streamId, [randomUUID()])];
      // What was stored before the hour closed may be answered after it.
      const isSentLate = closed;
      const { kind } = await own.append({ appendId: randomUUID(), chunks, idempotency: [] });
      if (isSentLate) expect(kind).toBe('hour_closed');
      late += kind === 'hour_closed' ? 1 : 0;
    }
  };
  const running = collectors.flatMap((collector) => [collect(collector.log), collect(collector.log)]);
  await expect
    .poll(async () => (await log.head(streamId)).nextOffset, { timeout: 20_000 })
    .toBeGreaterThan(50);
  await closeHours(database.sql, new ManualClock(TEST_HOUR_MS + HOUR_MS + 30_000));
  closed = true;
  const { nextOffset } = await log.head(streamId);
  await Promise.all(running);
  expect((await log.head(streamId)).nextOffset).toBe(nextOffset);
});

/** A client that sent its append up to Execute and stopped before Sync: its transaction stays open, heads locked. */
async function stopBeforeSync(parameters: unknown[]): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
  const { connection } = client as unknown as { connection: RawConnection };
  const executed = new Promise((resolve) => connection.once('commandComplete', resolve));
  connection.parse({ text: APPEND_TEXT, name: '', types: [] });
  connection.bind({ values: parameters, valueMapper: toWire, portal: '', statement: '' });
  connection.execute({ portal: '', rows: 0 });
  connection.flush();
  await executed;
  return client;
}

interface RawConnection extends NodeJS.EventEmitter {
  parse(query: object): void;
  bind(config: object): void;
  execute(config: object): void;
  flush(): void;
}

function toWire(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return `{${value.map((item) => JSON.stringify(String(item))).join(',')}}`;
}

test('a collector that froze in the middle of its append holds the heads for 10 s at most', async () => {
  const [streamId] = streamIds;
  const chunk = await testChunk(streamId!, ['frozen'], { hourMs: OPEN_HOUR_MS });
  const frozen = { appendId: randomUUID(), chunks: [chunk], idempotency: [] };
  const client = await stopBeforeSync(toAppendParameters(frozen));
  const next = { ...frozen, appendId: randomUUID() };
  expect(await log.append(next)).toEqual({ kind: 'stored', offsets: [0] });
  expect(await log.append(frozen)).toEqual({ kind: 'stored', offsets: [1] });
  await client.end();
});

function startCollectorProcess(): { child: ChildProcess; lines: () => string[] } {
  let output = '';
  const args = ['--import', 'tsx', 'lib/testing/append-forever.ts', ...streamIds.map(String)];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: database.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  return { child, lines: () => output.split('\n').slice(0, -1) };
}

test('a collector process frozen at any moment blocks nobody; killed, it has lost nothing it was answered', async () => {
  const { child, lines } = startCollectorProcess();
  const own: string[] = [];
  try {
    for (let round = 0; round < 12; round += 1) {
      const before = lines().length;
      await expect.poll(() => lines().length, { timeout: 30_000, interval: 3 }).toBeGreaterThan(before);
      child.kill('SIGSTOP');
      for (const streamId of streamIds) {
        const line = randomUUID();
        const chunks = [await testChunk(streamId, [line], { hourMs: OPEN_HOUR_MS })];
        await collectors[0]!.log.append({ appendId: randomUUID(), chunks, idempotency: [] });
        own.push(line);
      }
      child.kill('SIGCONT');
    }
  } finally {
    child.kill('SIGKILL');
  }
  await new Promise((resolve) => child.on('close', resolve));
  const stored = (await Promise.all(streamIds.map(readLines))).flat();
  expect(new Set(stored).size).toBe(stored.length);
  expect(stored).toEqual(expect.arrayContaining([...own, ...lines()]));
}, 90_000);
