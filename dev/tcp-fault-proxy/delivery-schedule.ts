import type { TcpFault } from './tcp-fault';

/** When the line is free again and when the last bytes are due; monotonic ms. */
export interface LineState {
  readonly freeAtMs: number;
  readonly lastDueMs: number;
}

export const IDLE_LINE: LineState = { freeAtMs: 0, lastDueMs: 0 };

/**
 * When bytes that arrive now are due at the other end: they wait for the line, take their time on it, and travel
 * for the latency. Never before bytes sent earlier, also when the latency has just become shorter.
 */
export function scheduleDelivery(
  line: LineState,
  fault: TcpFault,
  arrival: { readonly nowMs: number; readonly sizeBytes: number },
): LineState {
  const sendingMs =
    fault.bytesPerSecond === undefined ? 0 : (arrival.sizeBytes / fault.bytesPerSecond) * 1_000;
  const freeAtMs = Math.max(line.freeAtMs, arrival.nowMs) + sendingMs;
  return { freeAtMs, lastDueMs: Math.max(line.lastDueMs, freeAtMs + (fault.latencyMs ?? 0)) };
}
