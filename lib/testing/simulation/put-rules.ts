import type { PutRequest } from '@/lib/platform/object-store/object-store';
import type { MarkerRow } from '@/lib/testing/memory-ledger/beside-state';
import type { World } from './world-parts';

const HOUR_MS = 3_600_000;

/** Whose PUT this is, and what is wrong with it; null where nothing is known of it. */
export interface PutSubject {
  readonly what: 'file' | 'copy' | 'marker' | 'probe';
  readonly routingId: string;
  /** The rule that it breaks already, with what it does. */
  readonly fault: readonly [rule: string, detail: string] | null;
}

/** Finds in the ledger what a PUT is of, by what it says of itself. */
export function subjectOfPut(world: World, { place, metadata }: PutRequest): PutSubject | null {
  const { ledger } = world;
  const probed = metadata['sluice-probe'];
  if (probed !== undefined) return { what: 'probe', routingId: probed, fault: null };
  const id = metadata['sluice-file'];
  const isThere = (row: { key: string; bucket: string }) =>
    row.key === place.key && row.bucket === place.bucket;
  const misplaced = ['place', `${place.key} is not where ${id} was decided for`] as const;
  const file = ledger.files().find((row) => row.id === id);
  if (file !== undefined)
    return { what: 'file', routingId: file.routingId, fault: isThere(file) ? null : misplaced };
  const marker = ledger.markerRows().find((row) => row.id === id);
  if (marker !== undefined) {
    const fault = isThere(marker) ? tooEarly(world, marker) : misplaced;
    return { what: 'marker', routingId: marker.routingId, fault };
  }
  for (const { id: replayId, routingId, mode } of ledger.replayRows()) {
    if (mode !== 'copy') continue;
    const copy = ledger.replayFiles(replayId).find(({ objectId }) => objectId === id);
    if (copy !== undefined) return { what: 'copy', routingId, fault: isThere(copy) ? null : misplaced };
  }
  return null;
}

/** Its hour is closed, and every lane of the routing has everything of it behind itself. */
function tooEarly(
  { ledger, log, watch }: World,
  { routingId, type, hourMs, key }: MarkerRow,
): PutSubject['fault'] {
  const workspaceId = ledger.routings().find(({ id }) => id === routingId)?.workspaceId;
  for (const stream of ledger.streams()) {
    if (stream.workspaceId !== workspaceId || stream.type !== type) continue;
    if (log.headOf(stream.id).closedThroughMs < hourMs + HOUR_MS)
      return ['marker', `${key} begins while its hour is open`];
    const lane = ledger.lanes().find((row) => row.routingId === routingId && row.streamId === stream.id);
    const last = watch.chunks.get(stream.id)?.findLast((chunk) => chunk.hourMs === hourMs);
    if (last !== undefined && (lane === undefined || lane.done <= last.offset))
      return ['marker', `${key} begins before chunk ${last.offset} of stream ${stream.id} is delivered`];
  }
  return null;
}
