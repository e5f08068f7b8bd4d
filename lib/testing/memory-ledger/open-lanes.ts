import type { DataType } from '@/lib/domain/data-type';
import type { Lifecycle } from '@/lib/domain/routing/state';
import { recordLeftOut } from './left-out';
import { type LaneRow, type MemoryState, type RoutingRow, rowOf, type StreamRow } from './memory-state';

const STARTED: readonly Lifecycle[] = ['starting', 'active', 'pausing', 'paused', 'resuming'];
const RUNNING: readonly Lifecycle[] = ['starting', 'active', 'resuming'];

export function isStarted({ lifecycle }: Pick<RoutingRow, 'lifecycle'>): boolean {
  return STARTED.includes(lifecycle);
}

export function isRunning({ intent, lifecycle }: Pick<RoutingRow, 'intent' | 'lifecycle'>): boolean {
  return intent === 'run' && RUNNING.includes(lifecycle);
}

/** As delivery.may_write: it runs, or it delivers what is left and has time to. */
export function mayWrite(
  state: MemoryState,
  routing: Pick<RoutingRow, 'intent' | 'lifecycle' | 'drainUntilMs'>,
): boolean {
  return (
    isRunning(routing) || (routing.lifecycle === 'draining' && (routing.drainUntilMs ?? 0) > state.nowMs())
  );
}

/** Behind the last offset that the lane carries: the head, or where its routing ended. */
export function headOf(state: MemoryState, lane: LaneRow): Start {
  const { endOffset, endRows, endBodyBytes } = lane;
  if (endOffset === null) return headStart(state, lane.streamId);
  return { offset: endOffset, rowsBefore: endRows ?? 0, bodyBytesBefore: endBodyBytes ?? 0 };
}

export function lanesOf(state: MemoryState, routingId: string): LaneRow[] {
  return [...state.lanes.values()].filter((lane) => lane.routingId === routingId);
}

/** As log.open_lanes: a lane for every stream of the routing's types that has none; the streams that got one. */
export function openLanes(state: MemoryState, routing: RoutingRow, from = routing.startFrom): number[] {
  const taken = new Set(lanesOf(state, routing.id).map(({ streamId }) => streamId));
  const missing = [...state.streams.values()].filter(
    ({ id, workspaceId, type }) =>
      workspaceId === routing.workspaceId && routing.dataTypes.includes(type) && !taken.has(id),
  );
  for (const stream of missing) addLane(state, routing, { stream, from });
  return missing.map(({ id }) => id);
}

/** As log.ensure_stream: a new stream has a lane for every started routing at once, and its past hours closed. */
export function ensureStream(state: MemoryState, workspaceId: string, type: DataType): number {
  rowOf(state.workspaces, workspaceId);
  const known = [...state.streams.values()].find(
    (stream) => stream.workspaceId === workspaceId && stream.type === type,
  );
  if (known !== undefined) return known.id;
  const stream: StreamRow = { id: state.log.createStream(state.closedThroughMs), workspaceId, type };
  state.streams.set(stream.id, stream);
  for (const routing of state.routings.values()) {
    if (routing.workspaceId === workspaceId && routing.dataTypes.includes(type) && isStarted(routing))
      addLane(state, routing, { stream, from: 'head' });
  }
  return stream.id;
}

/** As log.start_types, for the types that an edit has just added: nothing before the routing is started. */
export function startTypes(state: MemoryState, routing: RoutingRow, types: readonly DataType[]): void {
  if (types.length === 0 || !isStarted(routing)) return;
  openLanes(state, routing, 'head');
  for (const lane of lanesOf(state, routing.id)) {
    const stream = rowOf(state.streams, lane.streamId);
    const start = laneStart(state, stream, 'head');
    if (!types.includes(stream.type) || lane.next !== lane.done || lane.done >= start.offset) continue;
    recordLeftOut(state, lane, { next: lane.next, hi: start.offset - 1 });
    moveTo(lane, start);
    lane.pendingSinceMs = null;
    lane.heldCause = null;
  }
}

export interface Start {
  readonly offset: number;
  readonly rowsBefore: number;
  readonly bodyBytesBefore: number;
}

export function moveTo(lane: LaneRow, start: Start): void {
  lane.next = start.offset;
  lane.done = start.offset;
  lane.rowsDone = start.rowsBefore;
  lane.bodyBytesDone = start.bodyBytesBefore;
}

/** Receipt of the first chunk that the lane has not delivered; null where nothing of its own waits. */
export function pendingSinceMs(state: MemoryState, { streamId, done, endOffset }: LaneRow): number | null {
  if (endOffset !== null && done >= endOffset) return null;
  return state.log.chunkOf(streamId, done)?.receivedMinMs ?? null;
}

export function headStart(state: MemoryState, streamId: number): Start {
  const { nextOffset, rowsTotal, bodyBytesTotal } = state.log.headOf(streamId);
  return { offset: nextOffset, rowsBefore: rowsTotal, bodyBytesBefore: bodyBytesTotal };
}

function addLane(
  state: MemoryState,
  routing: RoutingRow,
  { stream, from }: { stream: StreamRow; from: 'head' | 'earliest' },
): void {
  const lane: LaneRow = {
    id: state.lanes.size + 1,
    routingId: routing.id,
    streamId: stream.id,
    epoch: 1,
    next: 0,
    done: 0,
    rowsDone: 0,
    bodyBytesDone: 0,
    running: isRunning(routing),
    pendingSinceMs: null,
    notBeforeMs: null,
    leaseUntilMs: null,
    failures: 0,
    heldCause: null,
    endOffset: null,
    endRows: null,
    endBodyBytes: null,
  };
  moveTo(lane, laneStart(state, stream, from));
  state.lanes.set(lane.id, lane);
  recordLeftOut(state, lane, { next: null, hi: lane.next - 1 });
}

/** As log.lane_start: segments begin with the newest complete snapshot that is kept. */
export function laneStart(state: MemoryState, { id, type }: StreamRow, from: 'head' | 'earliest'): Start {
  const kept = state.log.keptChunks(id);
  const first = type === 'segment' ? kept[newestSnapshotAt(kept)] : from === 'earliest' ? kept[0] : undefined;
  return first ?? headStart(state, id);
}

/** Where the newest complete snapshot begins; -1 where none is kept. */
function newestSnapshotAt(kept: readonly { readonly snapshotEnd: boolean }[]): number {
  const last = kept.findLastIndex(({ snapshotEnd }) => snapshotEnd);
  return last < 0 ? -1 : kept.slice(0, last).findLastIndex(({ snapshotEnd }) => snapshotEnd) + 1;
}
