import type { DataType } from '@/lib/domain/data-type';
import { type HourMarker, hourMarkers, isHourComplete, type MarkedFile } from '@/lib/domain/hour/marker';
import type { MarkableHour } from '@/lib/services/hour/read-markable-hours';
import type { LaneRow, MemoryState, RoutingRow, StreamRow } from './memory-state';
import { nextUuid } from './memory-state';
import { lanesOf, mayWrite } from './open-lanes';
import { presentDestination } from './routing-rows';

const HOUR_MS = 3_600_000;
const ROUNDS_MAX = 50;
const SKIPPED = { endpoint: '', bucket: '', key: '', rows: 0, body: '' };

/** As lib/services/hour/decide-markers; returns how many hours were decided. */
export function decideMarkers(state: MemoryState): number {
  let total = 0;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const hours = markableHours(state);
    for (const hour of hours) decide(state, hour);
    if (hours.length === 0) break;
    total += hours.length;
  }
  return total;
}

function decide(state: MemoryState, hour: MarkableHour): void {
  const isSkipped = !hour.isKnown || !isHourComplete(hour);
  const made: readonly HourMarker[] = isSkipped ? [SKIPPED] : hourMarkers(hour);
  const { routingId, type, hourMs } = hour;
  for (const marker of made)
    state.beside.markers.push({
      ...marker,
      ...{ id: nextUuid(state), routingId, type, hourMs, decidedAtMs: state.nowMs() },
      ...{ state: isSkipped ? 'skipped' : 'pending', failures: 0, notBeforeMs: null, cause: null },
      ...{ leaseUntilMs: null, inFlightUntilMs: null, httpStatus: null, code: null, writtenAtMs: null },
    });
}

function markableHours(state: MemoryState): MarkableHour[] {
  return [...state.routings.values()].flatMap((routing) => {
    const sinceMs = state.beside.markersSinceMs.get(routing.id);
    const startedMs = state.beside.startedAtMs.get(routing.id);
    if (sinceMs === undefined || startedMs === undefined || !mayWrite(state, routing)) return [];
    return routing.dataTypes
      .filter((type) => type !== 'segment')
      .flatMap((type) => nextHour(state, routing, { type, fromMs: Math.max(sinceMs, startedMs), startedMs }));
  });
}

function nextHour(
  state: MemoryState,
  routing: RoutingRow,
  { type, fromMs, startedMs }: { type: DataType; fromMs: number; startedMs: number },
): MarkableHour[] {
  const decided = state.beside.markers
    .filter((marker) => marker.routingId === routing.id && marker.type === type)
    .map((marker) => marker.hourMs + HOUR_MS);
  const hourMs = Math.max(hourOf(fromMs), ...decided);
  if (state.closedThroughMs < hourMs + HOUR_MS) return [];
  const streams = [...state.streams.values()].filter(
    (stream) => stream.workspaceId === routing.workspaceId && stream.type === type,
  );
  const lanes = lanesOf(state, routing.id).filter((lane) => streams.some(({ id }) => id === lane.streamId));
  if (!streams.every((stream) => isDone(state, stream, { lanes, hourMs }))) return [];
  const sides = lanes.map((lane) => acceptedBy(state, lane, { hourMs, startedMs }));
  const { endpoint, bucket, prefix } = presentDestination(state, routing);
  return [
    {
      ...{ routingId: routing.id, type, hourMs, present: { endpoint, bucket, prefix } },
      isKnown: sides.every(({ isKnown }) => isKnown),
      accepted: sum(sides.map(({ rows }) => rows)),
      setAside: setAsideRows(state, lanes, hourMs),
      gap: gapRows(state, lanes, hourMs),
      files: filesOfHour(state, routing.id, { type, hourMs }),
    },
  ];
}

/** Closed, and everything of the hour behind the lane. */
function isDone(
  state: MemoryState,
  { id: streamId }: StreamRow,
  { lanes, hourMs }: { lanes: readonly LaneRow[]; hourMs: number },
): boolean {
  const lane = lanes.find((other) => other.streamId === streamId);
  if (lane === undefined || state.log.headOf(streamId).closedThroughMs < hourMs + HOUR_MS) return false;
  return chunksOfHour(state, lane, hourMs).every(({ offset }) => offset < lane.done);
}

function chunksOfHour(state: MemoryState, { streamId }: LaneRow, hourMs: number) {
  return state.log.everyChunk(streamId).filter((chunk) => chunk.hourMs === hourMs);
}

function acceptedBy(
  state: MemoryState,
  lane: LaneRow,
  { hourMs, startedMs }: { hourMs: number; startedMs: number },
): { rows: number; isKnown: boolean } {
  const chunks = chunksOfHour(state, lane, hourMs);
  const leftOut = state.beside.leftOutHours.filter(({ laneId }) => laneId === lane.id);
  const isBefore = leftOut.some(({ lo, hi, fromHourMs, toHourMs }) => {
    const untilMs = hi < lo ? Math.min(toHourMs, hourOf(startedMs)) : toHourMs;
    return hourMs >= fromHourMs && hourMs < untilMs;
  });
  const isOut = (offset: number) => leftOut.some(({ lo, hi }) => offset >= lo && offset <= hi);
  const rows = sum(chunks.filter(({ offset }) => !isOut(offset)).map((chunk) => chunk.rows));
  return { rows, isKnown: rows > 0 || !isBefore };
}

function setAsideRows(state: MemoryState, lanes: readonly LaneRow[], hourMs: number): number {
  const rows = state.setAside.filter((aside) => {
    const cut = state.cuts.get(aside.cutId);
    return aside.hourMs === hourMs && cut?.state === 'committed' && lanes.some(({ id }) => id === cut.laneId);
  });
  return sum(rows.map((aside) => aside.rows));
}

/** Of a file's gap all rows are of the file's hour; of chunks, each of its own. */
function gapRows(state: MemoryState, lanes: readonly LaneRow[], hourMs: number): number {
  return sum(
    lanes.flatMap((lane) =>
      state.gaps
        .filter(({ laneId }) => laneId === lane.id)
        .map(({ fileId, lo, hi, rows }) => {
          if (fileId !== null) return state.files.get(fileId)?.hourMs === hourMs ? rows : 0;
          const lost = chunksOfHour(state, lane, hourMs);
          return sum(lost.filter(({ offset }) => offset >= lo && offset <= hi).map((chunk) => chunk.rows));
        }),
    ),
  );
}

function filesOfHour(
  state: MemoryState,
  routingId: string,
  { type, hourMs }: { type: DataType; hourMs: number },
): MarkedFile[] {
  return [...state.files.values()]
    .filter(
      (file) =>
        file.routingId === routingId &&
        file.hourMs === hourMs &&
        file.type === type &&
        file.state === 'delivered',
    )
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ endpoint, bucket, key, rows, rawBytes, gzipBytes, crcRaw }) => {
      return { endpoint, bucket, key, rows, rawBytes, gzipBytes: gzipBytes ?? 0, crcRaw };
    });
}

function hourOf(ms: number): number {
  return Math.floor(ms / HOUR_MS) * HOUR_MS;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
