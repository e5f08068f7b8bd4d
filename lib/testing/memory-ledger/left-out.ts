import type { MemoryState } from './memory-state';

const HOUR_MS = 3_600_000;

/**
 * As delivery.record_left_out: what a lane does not carry, when it is made (`next` null) or when it jumps ahead of
 * `next`; of the hours in [fromHourMs, toHourMs) it carries only what it has delivered all the same.
 */
export function recordLeftOut(
  state: MemoryState,
  { id: laneId, streamId }: { readonly id: number; readonly streamId: number },
  { next, hi }: { readonly next: number | null; readonly hi: number },
): void {
  const thisHourMs = Math.floor(state.nowMs() / HOUR_MS) * HOUR_MS;
  const behindMs = state.log.chunkOf(streamId, hi + 1)?.hourMs ?? thisHourMs;
  const lo = next ?? 0;
  state.leftOut.push({ laneId, lo, hi });
  state.beside.leftOutHours.push({
    ...{ laneId, lo, hi },
    fromHourMs: next === null ? Number.NEGATIVE_INFINITY : (hourAt(state, streamId, next) ?? thisHourMs),
    toHourMs: Math.min(thisHourMs, behindMs),
  });
}

/** The hour of a chunk, or where it is gone the latest hour that had begun by then. */
function hourAt(state: MemoryState, streamId: number, offset: number): number | null {
  const kept = state.log.chunkOf(streamId, offset);
  if (kept !== null) return kept.hourMs;
  const before = state.log.everyChunk(streamId).slice(0, offset + 1);
  return before.length === 0 ? null : Math.max(...before.map(({ hourMs }) => hourMs));
}
