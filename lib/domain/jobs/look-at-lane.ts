import { z } from 'zod';
import type { JobDefinition } from './job-definition';

/** A wake-up, nothing more: lost, late, doubled and concurrent ones change nothing but the time. */
export const lookAtLaneSchema = z.object({
  laneId: z.number().int().positive(),
  epoch: z.number().int().positive(),
});
export type LookAtLane = z.infer<typeof lookAtLaneSchema>;

const DEDUP_TTL_MS = 2_000;

function defineLookAtLane(name: string): JobDefinition<LookAtLane> {
  return {
    name,
    payload: lookAtLaneSchema,
    dedupId: ({ laneId, epoch }) => `lane-${laneId}-${epoch}`,
    dedupTtlMs: DEDUP_TTL_MS,
  };
}

/** Lanes that keep up. */
export const lookAtLane = defineLookAtLane('delivery.lane');

/** Lanes that failed last time or are far behind: a queue of their own, so that they never fill the other's slots. */
export const lookAtBehindLane = defineLookAtLane('delivery.lane-behind');
