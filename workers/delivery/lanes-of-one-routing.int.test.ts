import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';

let database: TestDatabase;
let store: TestObjectStore;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await startTestObjectStore();
});
afterAll(async () => {
  await store.close();
  await database.close();
});

let worker: TestWorker | undefined;
afterEach(async () => {
  await worker?.stop();
  store.control.faults.clear();
});

async function createRoutingOfTwoTypes() {
  const { sql } = database;
  const routing = await createTestRouting({ sql, store, dataTypes: ['events', 'sync_aliases'] });
  const { streamIds } = routing;
  const append = async (type: 'events' | 'sync_aliases') =>
    appendLines(createPostgresEventLog({ sql }), streamIds[type]!, numberedLines(type, 5));
  const refuse = (prefix: string) =>
    store.control.faults.add({
      match: { operation: 'PutObject', prefix },
      effect: { kind: 'answer', status: 403, code: 'InvalidAccessKeyId' },
      times: null,
    });
  return { routing, watch: watchRouting(sql, routing), append, refuse };
}

test('a routing stays blocked while one of its lanes is refused, however much the other delivers', async () => {
  worker = await startTestWorker({ database, workerId: 'w1' });
  const { routing, watch, append, refuse } = await createRoutingOfTwoTypes();
  refuse(`${routing.prefix}type=sync_aliases`);
  await append('sync_aliases');
  await watch.untilHealth('blocked', 'access_key_unknown');
  await append('events');
  await waitUntil('the other lane has delivered', async () => (await watch.lane()).done === 1);
  await watch.untilDispatched(2);
  expect(await watch.routing()).toMatchObject({ health: 'blocked', health_cause: 'access_key_unknown' });
});

test('two lanes that recover at the same time clear their routing without another PUT', async () => {
  let delivered = 0;
  worker = await startTestWorker({
    database,
    workerId: 'w1',
    wrapLedger: (ledger) => ({
      ...ledger,
      recordHealth: async (routingId, news, workerId) => {
        await ledger.recordHealth(routingId, news, workerId);
        if (news.kind === 'delivered') delivered += 1;
      },
      commitCut: async (cutId, figures) => {
        await waitUntil('both lanes have their file in the bucket', () => delivered >= 2);
        return ledger.commitCut(cutId, figures);
      },
    }),
  });
  const { routing, watch, append, refuse } = await createRoutingOfTwoTypes();
  const { faultId } = refuse(routing.prefix);
  await append('events');
  await append('sync_aliases');
  await waitUntil('both lanes were refused', async () => {
    const attempts = await watch.attempts();
    return attempts.filter(({ outcome }) => outcome === 'refused').length >= 2;
  });
  await watch.untilHealth('blocked', 'access_key_unknown');
  store.control.faults.clear(faultId);
  await watch.letTimePass(0);
  await watch.untilCaughtUp();
  await watch.untilHealth('healthy', null);
});
