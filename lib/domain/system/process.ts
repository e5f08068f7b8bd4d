import { z } from 'zod';

export const processKindSchema = z.enum(['web', 'collector', 'worker']);
export type ProcessKind = z.infer<typeof processKindSchema>;

/** How often a process says that it lives. */
export const PROCESS_BEAT_MS = 5_000;
/** A process that was not heard of for so long is shown as stale. */
export const PROCESS_STALE_MS = 30_000;
/** A row that was not renewed for so long is deleted. */
export const PROCESS_FORGET_SECONDS = 86_400;

/** The queue as a worker sees it: what waits, over all kinds of jobs. */
const queueReportSchema = z.object({
  backend: z.enum(['postgres', 'redis']),
  waiting: z.int().min(0),
  /** Age of the oldest job that waits; null when none does. */
  oldestAgeMs: z.int().min(0).nullable(),
});
export type QueueReport = z.infer<typeof queueReportSchema>;

/** What a process says about itself besides its version; `process.detail`. */
export const processDetailSchema = z.object({
  host: z.string(),
  pid: z.int(),
  /** Names of its parts that may get no work now; empty: ready. */
  notReady: z.array(z.string()),
  /** Workers: how many lanes it looks at at once. */
  slots: z.int().optional(),
  /** Workers: null when the queue did not answer. */
  queue: queueReportSchema.nullable().optional(),
});
export type ProcessDetail = z.infer<typeof processDetailSchema>;

/** Instants are RFC 3339 strings in UTC. */
export interface ProcessView {
  readonly id: string;
  readonly kind: ProcessKind;
  readonly version: string;
  readonly startedAt: string;
  readonly seenAt: string;
  /** `stale`: not heard of for half a minute; it may be dead. */
  readonly state: 'ready' | 'not_ready' | 'stale';
  /** Null for what an older or newer version wrote in another shape. */
  readonly detail: ProcessDetail | null;
}

/** What a row's age and words say about its process. */
export function processState(row: { ageMs: number; detail: ProcessDetail | null }): ProcessView['state'] {
  if (row.ageMs > PROCESS_STALE_MS) return 'stale';
  return row.detail !== null && row.detail.notReady.length === 0 ? 'ready' : 'not_ready';
}
