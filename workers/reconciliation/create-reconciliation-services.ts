import { runReconciliation as runReconciliationJob } from '@/lib/domain/jobs/run-reconciliation';
import type { Consumer, Queues } from '@/lib/platform/queues/queues';
import { listDueReconciliations } from '@/lib/services/reconciliation/list-due';
import { createPeriodic } from '@/workers/runtime/periodic';
import type { Service } from '@/workers/runtime/service';
import type { ReconciliationDeps } from './reconciliation-deps';
import { runReconciliation } from './run-reconciliation';

/** Reading the customer's bucket never takes more of a worker than this. */
const SLOTS = 1;
const DISPATCH_PERIOD_MS = 2_000;
const AT_ONCE = 100;
/** With so many jobs waiting, more wake-ups would only say the same again. */
const WAITING_MAX = 100;

/** Carries out reconciliations, and makes their wake-ups anew from the database: a lost queue only delays them. */
export function createReconciliationServices(deps: ReconciliationDeps, queues: Queues): Service[] {
  const stopping = new AbortController();
  let consumer: Consumer | undefined;
  const consume: Service = {
    name: 'reconciliation',
    start: async () => {
      consumer = queues.consume(runReconciliationJob, {
        concurrency: SLOTS,
        handle: async (job) => {
          // Behind the others: one large bucket does not keep the rest waiting.
          if (await runReconciliation(deps, job, stopping.signal))
            await queues.publish(runReconciliationJob, [job], 'always');
        },
      });
    },
    isReady: () => true,
    stop: async (deadlineMs) => {
      stopping.abort();
      await consumer?.stop(deadlineMs);
    },
  };
  const dispatch = createPeriodic({
    name: 'dispatch-reconciliations',
    periodMs: DISPATCH_PERIOD_MS,
    logger: deps.logger,
    run: async (signal) => {
      const due = await listDueReconciliations(deps.sql, AT_ONCE);
      if (due.length === 0 || signal.aborted) return;
      if ((await queues.countWaiting(runReconciliationJob)) > WAITING_MAX) return;
      const jobs = due.map((reconciliationId) => ({ reconciliationId }));
      await queues.publish(runReconciliationJob, jobs, 'fold');
    },
  });
  return [consume, dispatch];
}
