import { randomBytes, randomUUID } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { Sql } from '@/lib/platform/sql';
import { testChunk } from '@/lib/testing/chunk';
import type { TestObjectStore } from '@/lib/testing/object-store';
import { createTestRouting, type TestRouting, thisHourMs } from '@/lib/testing/routing';

/** The shortest that the product accepts. */
const FLUSH_INTERVAL_MS = 5_000;
const BACKLOG = { appends: 80, chunksPerAppend: 10, lineBytes: 2_000, linesPerChunk: 125 };
/** Of about 2 MB each. */
const SILENCED_APPENDS = 8;
const SLOW_BYTES_PER_SECOND = 3_000_000;

export interface BlackHole {
  readonly endpoint: string;
  close(): Promise<void>;
}

export interface Stage {
  readonly sql: Sql;
  readonly store: TestObjectStore;
  readonly blackHole: BlackHole;
  readonly log: EventLog;
}

/** Takes every connection and never says anything. */
export async function startBlackHole(): Promise<BlackHole> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

export function createHealthy({ sql, store }: Stage, count: number): Promise<TestRouting[]> {
  return createStopped(sql, store, count);
}

/**
 * Their store answered until now and goes silent at once, each with files of a snapshot's size at hand: one file of 16 MB
 * per routing, of which nothing has failed yet.
 */
export async function createSilenced(stage: Stage, count: number): Promise<TestRouting[]> {
  const routings = await createBlackHoled(stage, count);
  for (const { streamId } of routings) await appendBacklog(stage.log, streamId, SILENCED_APPENDS);
  return routings;
}

/** Nothing has failed on them yet: that they never answer is to be found out. */
export function createBlackHoled({ sql, store, blackHole }: Stage, count: number): Promise<TestRouting[]> {
  const { bucket, region, accessKeyId, secretAccessKey } = store;
  const place = { bucket, region, accessKeyId, secretAccessKey, endpoint: blackHole.endpoint };
  return createStopped(sql, place, count);
}

/** Each has 160 MB to deliver over a line of 3 MB/s, which takes most of a minute. */
export async function createDraining({ sql, store, log }: Stage, count: number): Promise<TestRouting[]> {
  const routings = await createStopped(sql, store, count);
  for (const { streamId, prefix } of routings) {
    store.control.faults.add({
      match: { operation: 'PutObject', prefix },
      times: null,
      effect: { kind: 'slow', bytesPerSecond: SLOW_BYTES_PER_SECOND },
    });
    await appendBacklog(log, streamId, BACKLOG.appends);
  }
  return routings;
}

async function appendBacklog(log: EventLog, streamId: number, appends: number): Promise<void> {
  const lines = Array.from({ length: BACKLOG.linesPerChunk }, () =>
    JSON.stringify({ id: randomBytes(BACKLOG.lineBytes * 0.75).toString('base64') }),
  );
  const chunk = await testChunk(0, lines, { hourMs: thisHourMs() });
  const chunks = Array.from({ length: BACKLOG.chunksPerAppend }, () => ({ ...chunk, streamId }));
  for (let append = 0; append < appends; append += 1) {
    const { kind } = await log.append({ appendId: randomUUID(), chunks, idempotency: [] });
    if (kind !== 'stored') throw new Error(`The append was answered ${kind}`);
  }
}

type Place = Parameters<typeof createTestRouting>[0]['store'];

async function createStopped(sql: Sql, store: Place, count: number): Promise<TestRouting[]> {
  const routings: TestRouting[] = [];
  for (let n = 0; n < count; n += 1)
    routings.push(await createTestRouting({ sql, store, flushIntervalMs: FLUSH_INTERVAL_MS }));
  const ids = routings.map(({ routingId }) => routingId);
  await sql.query('UPDATE lane SET running = false WHERE routing_id = ANY ($1)', [ids]);
  return routings;
}
