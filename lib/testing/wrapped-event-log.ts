import type { AppendRequest, AppendResult, EventLog } from '@/lib/platform/event-log/event-log';

/** A log whose appends go through `append`; everything else is the inner log's. */
export function wrapEventLog(
  inner: EventLog,
  append: (request: AppendRequest, inner: EventLog) => Promise<AppendResult>,
): EventLog {
  return {
    append: (request) => append(request, inner),
    head: (streamId) => inner.head(streamId),
    scan: (streamId, from, limitChunks) => inner.scan(streamId, from, limitChunks),
    read: (streamId, lo, hi) => inner.read(streamId, lo, hi),
    findIdempotency: (workspaceId, call, key) => inner.findIdempotency(workspaceId, call, key),
  };
}

/** A gate that lets nothing through until it is opened. */
export class Gate {
  open: () => void = () => undefined;
  readonly passed = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}
