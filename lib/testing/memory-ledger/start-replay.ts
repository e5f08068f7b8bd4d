import type { DataType } from '@/lib/domain/data-type';
import { partitionPath } from '@/lib/domain/delivery/object-key';
import { AppError } from '@/lib/domain/errors';
import { routingRefusal } from '@/lib/domain/replay/plan-refusal';
import type { ReplayMode } from '@/lib/domain/replay/view';
import type { ReplayFileRow, ReplayRow } from './beside-state';
import { type DestinationRow, type FileRow, type MemoryState, nextUuid, rowOf } from './memory-state';
import { presentDestination, routingOf } from './routing-rows';

const HOUR_MS = 3_600_000;

export interface NewReplay {
  readonly routingId: string;
  readonly mode: ReplayMode;
  readonly types: readonly DataType[];
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * As lib/services/replay/start and, for a look, look-before-replay: answers the replay's id, or null for a look at
 * nothing. Throws NOT_FOUND, PRECONDITION, and CONFLICT while another replay of the routing runs.
 */
export function startReplay(state: MemoryState, given: NewReplay): string | null {
  const routing = routingOf(state, given.routingId);
  const place = presentDestination(state, routing);
  const { lifecycle } = routing;
  const refusal = routingRefusal({ lifecycle, hasAccess: place.credentialId !== null });
  if (refusal !== null) throw new AppError('PRECONDITION', refusal);
  const files = deliveredInRange(state, given);
  if (given.mode === 'look' && files.length === 0) return null;
  if (given.mode !== 'look' && !files.some((file) => isKept(state, file)))
    throw new AppError('PRECONDITION', 'Nothing of this range can be written again.');
  makeRoom(state, given.routingId);
  return insertReplay(state, given, { place, files });
}

/** As lib/services/replay/cancel. Throws NOT_FOUND, and CONFLICT for one that has ended. */
export function cancelReplay(state: MemoryState, replayId: string): void {
  const replay = state.beside.replays.get(replayId);
  if (replay === undefined) throw new AppError('NOT_FOUND', 'There is no such replay.');
  if (replay.state !== 'running') throw new AppError('CONFLICT', 'This replay has ended.');
  endReplay(state, replay, 'cancelled');
}

export function endReplay(state: MemoryState, replay: ReplayRow, end: 'done' | 'cancelled'): void {
  replay.state = end;
  replay.endedAtMs = state.nowMs();
}

/** The log forgets from the lowest offset on. */
export function isKept(state: MemoryState, { cutId, lo }: Pick<FileRow, 'cutId' | 'lo'>): boolean {
  const { streamId } = rowOf(state.lanes, rowOf(state.cuts, cutId).laneId);
  const first = state.log.keptChunks(streamId)[0]?.offset ?? state.log.headOf(streamId).nextOffset;
  return lo >= first;
}

function makeRoom(state: MemoryState, routingId: string): void {
  const running = [...state.beside.replays.values()].filter(
    (replay) => replay.routingId === routingId && replay.state === 'running',
  );
  if (running.some(({ mode }) => mode !== 'look'))
    throw new AppError('CONFLICT', 'A replay of this routing is running.');
  for (const look of running) endReplay(state, look, 'cancelled');
}

function deliveredInRange(state: MemoryState, { routingId, types, fromMs, toMs }: NewReplay): FileRow[] {
  const isIn = (ms: number) => ms >= fromMs && ms < toMs;
  return [...state.files.values()]
    .filter(
      (file) =>
        file.routingId === routingId &&
        file.state === 'delivered' &&
        types.includes(file.type) &&
        isIn(file.hourMs ?? file.receivedMinMs),
    )
    .sort((a, b) => hourOf(a) - hourOf(b) || compare(a.type, b.type) || a.lo - b.lo || compare(a.id, b.id));
}

function hourOf({ hourMs, receivedMinMs }: FileRow): number {
  return hourMs ?? Math.floor(receivedMinMs / HOUR_MS) * HOUR_MS;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function insertReplay(
  state: MemoryState,
  { routingId, mode, types, fromMs, toMs }: NewReplay,
  { place, files }: { place: DestinationRow; files: readonly FileRow[] },
): string {
  const id = nextUuid(state);
  const prefix = mode === 'copy' ? `${place.prefix}_replay/${id}/` : null;
  state.beside.replays.set(id, {
    ...{ id, routingId, mode, types, fromMs, toMs, prefix, state: 'running' },
    ...{ failures: 0, denials: 0, deniedSinceMs: null, notBeforeMs: null, heldCause: null },
    ...{ startedAtMs: state.nowMs(), endedAtMs: null },
  });
  state.beside.replayFiles.set(
    id,
    files.map((file, index) => {
      const at = prefix === null ? file : copyOf(state, file, { place, prefix });
      return toRow(file, { ...at, replayId: id, position: index + 1 });
    }),
  );
  return id;
}

/** Under its usual path and name in the copy's folder, with an id of its own. */
function copyOf(
  state: MemoryState,
  file: FileRow,
  { place: { endpoint, bucket }, prefix }: { place: DestinationRow; prefix: string },
) {
  const name = file.key.slice(file.key.lastIndexOf('/') + 1);
  const key = `${prefix}${partitionPath(file.type, file.hourMs)}/${name}`;
  return { id: nextUuid(state), endpoint, bucket, key };
}

function toRow(
  { id: fileId }: FileRow,
  at: Pick<FileRow, 'id' | 'endpoint' | 'bucket' | 'key'> & { replayId: string; position: number },
): ReplayFileRow {
  const { replayId, position, id: objectId, endpoint, bucket, key } = at;
  return {
    ...{ replayId, fileId, position, objectId, endpoint, bucket, key, state: 'pending', cause: null },
    ...{ attempts: 0, wasMissing: false, leaseUntilMs: null, inFlightUntilMs: null },
    ...{ httpStatus: null, code: null, settledAtMs: null },
  };
}
