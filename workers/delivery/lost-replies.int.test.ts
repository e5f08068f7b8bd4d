import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import type { DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import { createTestDatabase } from '@/lib/testing/database';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { appendLines, createTestRouting, numberedLines } from '@/lib/testing/routing';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker } from '@/lib/testing/worker';

let store: TestObjectStore;
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(() => store.close());

type Verb =
  | 'claimLane'
  | 'sealCut'
  | 'markAttempt'
  | 'finishFile'
  | 'failFile'
  | 'commitCut'
  | 'recordHealth';

/** Every other reply of the verb is lost, before or after it was carried out. */
function losing(ledger: DeliveryLedger, verb: Verb, isApplied: boolean): DeliveryLedger {
  let calls = 0;
  const original = ledger[verb] as (...args: unknown[]) => Promise<unknown>;
  return {
    ...ledger,
    [verb]: async (...args: unknown[]) => {
      calls += 1;
      const isLost = calls % 2 === 1;
      if (isLost && !isApplied) throw new Error('Connection terminated unexpectedly');
      const result = await original(...args);
      if (isLost) throw new Error('Connection terminated unexpectedly');
      return result;
    },
  };
}

const VERBS: Verb[] = [
  'claimLane',
  'sealCut',
  'markAttempt',
  'finishFile',
  'failFile',
  'commitCut',
  'recordHealth',
];

test.concurrent.each(VERBS.flatMap((verb) => [true, false].map((isApplied) => ({ verb, isApplied }))))(
  'a reply of $verb that is lost (carried out: $isApplied) neither loses nor doubles a line',
  async ({ verb, isApplied }) => {
    const database = await createTestDatabase();
    const { sql } = database;
    const log = createPostgresEventLog({ sql });
    const routing = await createTestRouting({ sql, store });
    const watch = watchRouting(sql, routing);
    // One failed PUT, so that marking and failing have their turn too.
    store.control.faults.add({
      match: { operation: 'PutObject', prefix: routing.prefix },
      effect: { kind: 'drop', applied: true },
    });
    const worker = await startTestWorker({
      database,
      workerId: 'w1',
      wrapLedger: (ledger) => losing(ledger, verb, isApplied),
    });
    const lines = numberedLines(verb, 60);
    for (let from = 0; from < 60; from += 20) {
      await appendLines(log, routing.streamId, lines.slice(from, from + 20));
      // Leases end early and late here: whoever still works on the lane gets company.
      await waitUntil('the lane is done up to its head', async () => {
        await sql.query('UPDATE lane SET lease_until = NULL, not_before = NULL');
        const lane = await watch.lane();
        return lane.done === lane.head;
      });
    }
    await worker.stop();
    expect(await readDeliveredLines(store, sql, routing.prefix)).toEqual([...lines].sort());
    await database.close();
  },
);
