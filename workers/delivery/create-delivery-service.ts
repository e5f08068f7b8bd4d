import type { JobDefinition } from '@/lib/domain/jobs/job-definition';
import {
  type LookAtLane,
  lookAtBehindLane,
  lookAtLane as lookAtLaneJob,
} from '@/lib/domain/jobs/look-at-lane';
import type { Consumer, Queues } from '@/lib/platform/queues/queues';
import type { Timers } from '@/lib/platform/timers';
import type { BudgetShare } from '@/workers/runtime/byte-budget';
import type { Service } from '@/workers/runtime/service';
import { YieldingSlots } from '@/workers/runtime/yielding-slots';
import type { DeliveryDeps } from './delivery-deps';
import { lookAtLane } from './look-at-lane';

export interface DeliverySlots {
  readonly whole: number;
  /** For lanes that failed last time or are far behind: at most half of all slots. */
  readonly behind: number;
}

export const DELIVERY_SLOTS: DeliverySlots = { whole: 16, behind: 8 };

/** Whoever takes longer waits for S3, and gives the slot back: a store that never answers is found out after 30 s. */
const YIELD_AFTER_MS = 1_000;
/** So many lanes wait besides for each slot of their kind; memory is bounded by the budget for bodies. */
const YIELDED_PER_SLOT = 4;

/** Takes wake-ups and delivers. Stopping finishes the cuts in hand; what does not end in time is taken over by others. */
export function createDeliveryService(
  deps: DeliveryDeps,
  queues: Queues,
  slots: DeliverySlots = DELIVERY_SLOTS,
): Service {
  let consumers: Consumer[] = [];
  const waiting: YieldingSlots[] = [];
  const consume = (definition: JobDefinition<LookAtLane>, concurrency: number, share: BudgetShare) => {
    const yielding = new YieldingSlots({
      yieldAfterMs: YIELD_AFTER_MS,
      yieldedMax: concurrency * YIELDED_PER_SLOT,
      timers: deps.timers,
      onLateError: (err) => deps.logger.error({ err, job: definition.name }, 'A job failed'),
    });
    waiting.push(yielding);
    return queues.consume(definition, {
      concurrency,
      handle: (job) => yielding.run(() => lookAtLane(deps, job, share)),
    });
  };
  return {
    name: 'delivery',
    start: async () => {
      consumers = [
        consume(lookAtLaneJob, slots.whole, 'whole'),
        consume(lookAtBehindLane, slots.behind, 'half'),
      ];
    },
    isReady: () => deps.clock.isReady(),
    stop: async (deadlineMs) => {
      const finish = async () => {
        await Promise.all(consumers.map((consumer) => consumer.stop(deadlineMs)));
        await Promise.all(waiting.map((slots) => slots.settle()));
      };
      await atMost(deadlineMs, finish(), deps.timers);
    },
  };
}

async function atMost(deadlineMs: number, work: Promise<void>, timers: Timers): Promise<void> {
  let cancel: () => void = () => undefined;
  const expired = new Promise<void>((resolve) => {
    cancel = timers.after(deadlineMs, resolve);
  });
  await Promise.race([work, expired]);
  cancel();
}
