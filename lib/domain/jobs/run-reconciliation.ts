import { z } from 'zod';
import type { JobDefinition } from './job-definition';

/** A wake-up, nothing more: what a reconciliation has still to look at stands in the database. */
export const runReconciliationSchema = z.object({ reconciliationId: z.guid() });
export type RunReconciliation = z.infer<typeof runReconciliationSchema>;

const DEDUP_TTL_MS = 2_000;

export const runReconciliation: JobDefinition<RunReconciliation> = {
  name: 'reconciliation.run',
  payload: runReconciliationSchema,
  dedupId: ({ reconciliationId }) => `reconciliation-${reconciliationId}`,
  dedupTtlMs: DEDUP_TTL_MS,
};
