import { lookAtBehindLane, lookAtLane as lookAtLaneJob } from '@/lib/domain/jobs/look-at-lane';
import type { Consumer, Queues } from '@/lib/platform/queues/queues';
import type { Service } from '@/workers/runtime/service';
import type { DeliveryDeps } from './delivery-deps';
import { lookAtLane } from './look-at-lane';

export interface DeliverySlots {
  readonly whole: number;
  /** For lanes that failed last time or are far behind: at most half of all slots. */
  readonly behind: number;
}

export const DELIVERY_SLOTS: DeliverySlots = { whole: 8, behind: 4 };

/** Takes wake-ups and delivers. Stopping finishes the cuts in hand; what does not end in time is taken over by others. */
export function createDeliveryService(
  deps: DeliveryDeps,
  queues: Queues,
  slots: DeliverySlots = DELIVERY_SLOTS,
): Service {
  let consumers: Consumer[] = [];
  return {
    name: 'delivery',
    start: async () => {
      consumers = [
        queues.consume(lookAtLaneJob, {
          concurrency: slots.whole,
          handle: (job) => lookAtLane(deps, job, 'whole'),
        }),
        queues.consume(lookAtBehindLane, {
          concurrency: slots.behind,
          handle: (job) => lookAtLane(deps, job, 'half'),
        }),
      ];
    },
    isReady: () => deps.clock.isReady(),
    stop: async (deadlineMs) => {
      await Promise.all(consumers.map((consumer) => consumer.stop(deadlineMs)));
    },
  };
}
