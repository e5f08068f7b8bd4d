import { runAccessCheck as runAccessCheckJob } from '@/lib/domain/jobs/run-access-check';
import type { Consumer, Queues } from '@/lib/platform/queues/queues';
import { listDueAccessChecks } from '@/lib/services/access-check/list-due';
import { createPeriodic } from '@/workers/runtime/periodic';
import type { Service } from '@/workers/runtime/service';
import type { CheckDeps } from './check-deps';
import { runAccessCheck } from './run-access-check';

/** People wait for checks. Each is small calls one after the other, and a few at stores that do not answer may take a minute. */
const SLOTS = 16;
const DISPATCH_PERIOD_MS = 500;
const AT_ONCE = 100;
/** With so many jobs waiting, more wake-ups would only say the same again. */
const WAITING_MAX = 100;

/** Carries out access checks, and makes their wake-ups anew from the database: a lost queue only delays them. */
export function createAccessCheckServices(deps: CheckDeps, queues: Queues): Service[] {
  const stopping = new AbortController();
  let consumer: Consumer | undefined;
  const consume: Service = {
    name: 'access-check',
    start: async () => {
      consumer = queues.consume(runAccessCheckJob, {
        concurrency: SLOTS,
        handle: (job) => runAccessCheck(deps, job, stopping.signal),
      });
    },
    isReady: () => true,
    stop: async (deadlineMs) => {
      stopping.abort();
      await consumer?.stop(deadlineMs);
      deps.inspector.close();
    },
  };
  const dispatch = createPeriodic({
    name: 'dispatch-access-checks',
    periodMs: DISPATCH_PERIOD_MS,
    logger: deps.logger,
    run: async (signal) => {
      const due = await listDueAccessChecks(deps.sql, AT_ONCE);
      if (due.length === 0 || signal.aborted) return;
      if ((await queues.countWaiting(runAccessCheckJob)) > WAITING_MAX) return;
      const jobs = due.map((accessCheckId) => ({ accessCheckId }));
      await queues.publish(runAccessCheckJob, jobs, 'fold');
    },
  });
  return [consume, dispatch];
}
