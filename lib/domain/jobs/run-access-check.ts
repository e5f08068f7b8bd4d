import { z } from 'zod';
import type { JobDefinition } from './job-definition';

/** A wake-up, nothing more: which rows of a check are due stands in the database. */
export const runAccessCheckSchema = z.object({ accessCheckId: z.guid() });
export type RunAccessCheck = z.infer<typeof runAccessCheckSchema>;

const DEDUP_TTL_MS = 1_000;

export const runAccessCheck: JobDefinition<RunAccessCheck> = {
  name: 'access.check',
  payload: runAccessCheckSchema,
  dedupId: ({ accessCheckId }) => `access-check-${accessCheckId}`,
  dedupTtlMs: DEDUP_TTL_MS,
};
