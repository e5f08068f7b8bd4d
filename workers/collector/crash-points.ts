import { z } from 'zod';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { afterSending } from '@/workers/runtime/after-sending';

/** Where a collector may die; each is proven by killing one there. */
export const collectorCrashPointSchema = z.enum(['before_append', 'append_sent', 'after_append']);
export type CollectorCrashPoint = z.infer<typeof collectorCrashPointSchema>;

/**
 * The log, with the points around an append: requests have been read and nothing is stored; the statement is on its
 * way; everything is stored and nobody has been answered.
 */
export function crashAroundAppends(log: EventLog, reach: (point: CollectorCrashPoint) => void): EventLog {
  return {
    append: async (request) => {
      reach('before_append');
      const result = await afterSending(log.append(request), () => reach('append_sent'));
      reach('after_append');
      return result;
    },
    head: (streamId) => log.head(streamId),
    scan: (streamId, from, limitChunks) => log.scan(streamId, from, limitChunks),
    read: (streamId, lo, hi) => log.read(streamId, lo, hi),
    findIdempotency: (workspaceId, call, key) => log.findIdempotency(workspaceId, call, key),
  };
}
