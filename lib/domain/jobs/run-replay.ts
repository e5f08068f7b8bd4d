import { z } from 'zod';
import type { JobDefinition } from './job-definition';

/** A wake-up, nothing more: what a replay has left to do stands in the database. */
export const runReplaySchema = z.object({ replayId: z.guid() });
export type RunReplay = z.infer<typeof runReplaySchema>;

const DEDUP_TTL_MS = 1_500;

export const runReplay: JobDefinition<RunReplay> = {
  name: 'replay.run',
  payload: runReplaySchema,
  dedupId: ({ replayId }) => `replay-${replayId}`,
  dedupTtlMs: DEDUP_TTL_MS,
};
