import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { testChunk } from '@/lib/testing/chunk';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { checkDelivered } from '@/lib/testing/oracle';
import { openPipeline, type Pipeline } from '@/lib/testing/pipeline';
import { createTestRouting, numberedLines, thisHourMs } from '@/lib/testing/routing';

/** Thin chunks on one stream that many routings take: what a worker knows of each lies on its heap. */
const CHUNKS = 16_000;
const CHUNKS_PER_APPEND = 1_000;
const ROUTINGS = 12;
/** A worker starts with it, and has no room for so much. */
const SMALL_HEAP = '--max-old-space-size=40';

describe.runIf(process.env.SLUICE_TEST_TIER2 === '1')('out of memory', () => {
  let database: TestDatabase;
  let store: TestObjectStore;
  let pipeline: Pipeline;
  beforeAll(async () => {
    database = await createTestDatabase();
    store = await startTestObjectStore();
    pipeline = await openPipeline({ store, sql: database.sql, databaseUrl: database.url });
  });
  afterAll(async () => {
    await pipeline.close();
    await store.close();
    await database.close();
  });

  async function fillLog(streamId: number): Promise<string[]> {
    const log = createPostgresEventLog({ sql: database.sql });
    const lines = numberedLines('thin', CHUNKS);
    for (let from = 0; from < CHUNKS; from += CHUNKS_PER_APPEND) {
      const part = lines.slice(from, from + CHUNKS_PER_APPEND);
      const chunks = await Promise.all(
        part.map((line) => testChunk(streamId, [line], { hourMs: thisHourMs() })),
      );
      await log.append({ appendId: randomUUID(), chunks, idempotency: [] });
    }
    return lines.map((line): string => JSON.parse(line).id);
  }

  test('a worker that dies of memory under a backlog loses and doubles nothing: its successor finishes', async () => {
    const { sql } = database;
    const { routing } = pipeline;
    const routings = [routing];
    while (routings.length < ROUTINGS)
      routings.push(await createTestRouting({ sql, store, tenant: routing.tenant, flushIntervalMs: 300 }));
    const acked = await fillLog(routing.streamId);
    const victim = await pipeline.startWorker({ NODE_OPTIONS: SMALL_HEAP });
    const end = await victim.ended;
    expect(victim.output()).toContain('"Started"');
    expect(victim.output()).toContain('heap out of memory');
    expect([end.signal, end.code]).toEqual(['SIGABRT', null]);
    await pipeline.startWorker();
    for (const one of routings) await watchRouting(sql, one).untilCaughtUp(120_000);
    const writes = await store.countWrites();
    for (const { prefix } of routings) {
      const verdict = await checkDelivered({ ...store, prefix, sql, acked, writes });
      expect(verdict, verdict.faults.join('\n')).toMatchObject({ holds: true, delivered: CHUNKS });
    }
  }, 240_000);
});
