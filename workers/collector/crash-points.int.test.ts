import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CrashRow, crashTable } from '@/lib/testing/crash-table';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { openPipeline, type Pipeline } from '@/lib/testing/pipeline';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';
import { collectorCrashPointSchema } from './crash-points';

const POINTS = collectorCrashPointSchema.options;
/** The first, second and third time belong to the second tier; `npm test` dies once at each point, at another time each. */
const DEATHS =
  process.env.SLUICE_TEST_TIER2 === '1'
    ? POINTS.flatMap((point) => [1, 2, 3].map((occurrence) => ({ point, occurrence })))
    : POINTS.map((point, index) => ({ point, occurrence: index + 1 }));

let database: TestDatabase;
let store: TestObjectStore;
let worker: TestWorker;
let pipeline: Pipeline;
const rows: CrashRow[] = [];
const sent: string[] = [];
const USER = '2008c38f-dece-4570-976d-87593ed001c3';
beforeAll(async () => {
  database = await createTestDatabase();
  store = await startTestObjectStore();
  worker = await startTestWorker({ database, workerId: 'w1' });
  pipeline = await openPipeline({ store, sql: database.sql, databaseUrl: database.url });
});
afterAll(async () => {
  await pipeline.close();
  await worker.stop();
  await store.close();
  await database.close();
  process.stdout.write(
    crashTable('Collectors killed with SIGKILL while producers sent and tried again', rows),
  );
});

/** So large that it is stored in parts, each with a key row of its own. */
function largeRequest(): { marks: string[]; body: string } {
  const marks = Array.from({ length: 700 }, () => randomUUID());
  const padding = 'x'.repeat(4_096);
  const lines = marks.map((mark) =>
    JSON.stringify({ name: 'Large', user_id: USER, properties: { mark, padding } }),
  );
  return { marks, body: lines.join('\n') };
}

async function sendLarge(body: string, key: string): Promise<number | null> {
  try {
    const response = await fetch(`${pipeline.collectorUrl()}/v2.0/ndjson?type=events`, {
      method: 'POST',
      headers: { 'x-api-key': pipeline.serverKey, 'idempotency-key': key },
      body,
      signal: AbortSignal.timeout(30_000),
    });
    return response.status;
  } catch {
    return null;
  }
}

test('a collector that dies between two parts of a large request stores what is missing when it is sent again', async () => {
  const { marks, body } = largeRequest();
  const key = randomUUID();
  const victim = await pipeline.startCollector({ SLUICE_CRASH_AT: 'after_append:1' });
  expect(await sendLarge(body, key)).toBeNull();
  expect(await victim.ended, victim.output()).toEqual({ code: null, signal: 'SIGKILL' });
  const stored = await pipeline.watch.lane();
  expect(stored.head).toBeGreaterThan(0);
  const survivor = await pipeline.startCollector();
  expect(await sendLarge(body, key)).toBe(200);
  expect((await pipeline.watch.lane()).head).toBeGreaterThan(stored.head);
  expect(await sendLarge(body, key)).toBe(200);
  survivor.kill('SIGTERM');
  await survivor.ended;
  sent.push(...marks);
  const verdict = await pipeline.finish({ acked: sent });
  expect(verdict).toMatchObject({ holds: true, delivered: 700 });
}, 300_000);

test('collectors die at each of their points while producers retry: acknowledged lines are delivered once, others once or never', async () => {
  const producers = pipeline.startProducers();
  for (const { point, occurrence } of DEATHS) {
    const victim = await pipeline.startCollector({ SLUICE_CRASH_AT: `${point}:${occurrence}` });
    expect(await victim.ended, victim.output()).toEqual({ code: null, signal: 'SIGKILL' });
  }
  const survivor = await pipeline.startCollector();
  const before = producers.acked.size;
  await waitUntil('producers are answered again', () => producers.acked.size > before, 90_000);
  const verdict = await pipeline.finish({ acked: sent });
  survivor.kill('SIGTERM');
  expect(await survivor.ended, survivor.output()).toEqual({ code: 0, signal: null });
  DEATHS.forEach(({ point, occurrence }, index) => {
    rows.push({ point, occurrence, againAt: DEATHS[index + 1]?.point ?? null, verdict });
  });
  expect(verdict).toMatchObject({ holds: true, faults: [] });
  expect(producers.unacked.size).toBeGreaterThan(0);
}, 300_000);
