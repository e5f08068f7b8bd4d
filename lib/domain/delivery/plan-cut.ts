import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import { combineCrc32 } from '@/lib/domain/chunk/crc-combine';
import type { DataType } from '@/lib/domain/data-type';
import type { CutLimits } from './cut-limits';
import { chooseFileKind, type FileKind } from './file-kind';

/** One file of a cut: the chunks of one hour within it. */
export interface PlannedFile {
  /** Start of the hour, epoch ms; null for a type that is not partitioned. */
  readonly hourMs: number | null;
  /** First and last chunk, inclusive; chunks of other hours may lie between. */
  readonly lo: number;
  readonly hi: number;
  readonly kind: FileKind;
  readonly rows: number;
  readonly rawBytes: number;
  readonly crcRaw: number;
  readonly bodyBytes: number;
  readonly receivedMinMs: number;
  readonly receivedMaxMs: number;
  readonly receivedSumMs: bigint;
}

/** What ended a cut: the newest chunk, or the limit that it reached. */
export type CutEnd = 'head' | 'body_bytes' | 'raw_bytes' | 'chunks' | 'files';

/**
 * Why rows are in no file: taken out by the routing's event names, of an older snapshot, or of a chunk whose stored
 * bytes are no longer what was collected.
 */
export type SetAsideReason = 'filtered' | 'superseded' | 'corrupt';

/** Rows of one hour (its start, epoch ms) that are taken into the cut and into none of its files. */
export interface SetAside {
  readonly hourMs: number;
  readonly rows: number;
  readonly reason: SetAsideReason;
  /** Of corrupt chunks: they are left out whole. Otherwise none is named. */
  readonly offsets: readonly number[];
}

export interface CutPlan {
  readonly lo: number;
  readonly hi: number;
  readonly end: CutEnd;
  /** Totals of lo…hi. A segment's older snapshots count here and are in no file. */
  readonly rows: number;
  readonly rawBytes: number;
  readonly bodyBytes: number;
  readonly files: readonly PlannedFile[];
  /** By hour and reason, each once. */
  readonly setAside: readonly SetAside[];
}

/**
 * Decides the next cut of a lane over `chunks`, gapless from the lane's `next`; null when there is nothing to cut yet.
 * Ends on a chunk boundary before the first chunk that would break a limit; the first chunk is always taken.
 */
export function planCut(chunks: readonly ChunkMeta[], type: DataType, limits: CutLimits): CutPlan | null {
  const { taken, end } = takeUpToLimits(chunks, limits);
  return type === 'segment' ? planSnapshot(taken, end) : planHours(taken, end);
}

function takeUpToLimits(
  chunks: readonly ChunkMeta[],
  limits: CutLimits,
): { taken: readonly ChunkMeta[]; end: CutEnd } {
  const hours = new Set<number>();
  let bodyBytes = 0;
  let rawBytes = 0;
  for (const [count, chunk] of chunks.entries()) {
    hours.add(chunk.hourMs);
    bodyBytes += chunk.bodyBytes;
    rawBytes += chunk.rawBytes;
    const end = brokenLimit({ bodyBytes, rawBytes, chunks: count + 1, files: hours.size }, limits);
    if (end !== null && count > 0) return { taken: chunks.slice(0, count), end };
  }
  return { taken: chunks, end: 'head' };
}

function brokenLimit(
  total: { bodyBytes: number; rawBytes: number; chunks: number; files: number },
  limits: CutLimits,
): CutEnd | null {
  if (total.bodyBytes > limits.bodyBytesMax) return 'body_bytes';
  if (total.rawBytes > limits.rawBytesMax) return 'raw_bytes';
  if (total.chunks > limits.chunksMax) return 'chunks';
  return total.files > limits.filesMax ? 'files' : null;
}

function planHours(taken: readonly ChunkMeta[], end: CutEnd): CutPlan | null {
  const files = [...byHour(taken)].map(([hourMs, chunks]) => planFile(hourMs, chunks));
  return toPlan(taken, end, { files, setAside: [] });
}

/** Chunks by their hour, in the order of its first. */
export function byHour(chunks: readonly ChunkMeta[]): Map<number, ChunkMeta[]> {
  const hours = new Map<number, ChunkMeta[]>();
  for (const chunk of chunks) {
    const hour = hours.get(chunk.hourMs);
    if (hour === undefined) hours.set(chunk.hourMs, [chunk]);
    else hour.push(chunk);
  }
  return hours;
}

/** The newest complete snapshot becomes one file and older ones none; an unfinished one waits for its end. */
function planSnapshot(taken: readonly ChunkMeta[], end: CutEnd): CutPlan | null {
  const last = taken.findLastIndex((chunk) => chunk.snapshotEnd);
  const before = taken.slice(0, Math.max(0, last)).findLastIndex((chunk) => chunk.snapshotEnd);
  const upToEnd = taken.slice(0, last + 1);
  const superseded = byHour(upToEnd.slice(0, before + 1));
  const setAside = [...superseded].map(([hourMs, chunks]) => ({
    hourMs,
    rows: sum(chunks, (chunk) => chunk.rows),
    reason: 'superseded' as const,
    offsets: [],
  }));
  return toPlan(upToEnd, end, { files: [planFile(null, upToEnd.slice(before + 1))], setAside });
}

function toPlan(
  taken: readonly ChunkMeta[],
  end: CutEnd,
  { files, setAside }: { files: readonly (PlannedFile | null)[]; setAside: readonly SetAside[] },
): CutPlan | null {
  const range = boundsOf(taken);
  if (range === null) return null;
  return {
    ...range,
    end,
    rows: sum(taken, (chunk) => chunk.rows),
    rawBytes: sum(taken, (chunk) => chunk.rawBytes),
    bodyBytes: sum(taken, (chunk) => chunk.bodyBytes),
    files: files.filter((file) => file !== null),
    setAside,
  };
}

/** The file that these chunks make, all of the hour; null for none. */
export function planFile(hourMs: number | null, chunks: readonly ChunkMeta[]): PlannedFile | null {
  const range = boundsOf(chunks);
  if (range === null) return null;
  const rawBytes = sum(chunks, (chunk) => chunk.rawBytes);
  return {
    ...range,
    hourMs,
    kind: chooseFileKind({ rawBytes, chunks: chunks.length }),
    rows: sum(chunks, (chunk) => chunk.rows),
    rawBytes,
    crcRaw: chunks.reduce((crc, chunk) => combineCrc32(crc, chunk.crcRaw, chunk.rawBytes), 0),
    bodyBytes: sum(chunks, (chunk) => chunk.bodyBytes),
    receivedMinMs: chunks.reduce((least, chunk) => Math.min(least, chunk.receivedMinMs), Infinity),
    receivedMaxMs: chunks.reduce((most, chunk) => Math.max(most, chunk.receivedMaxMs), -Infinity),
    receivedSumMs: chunks.reduce((total, chunk) => total + chunk.receivedSumMs, 0n),
  };
}

function boundsOf(chunks: readonly ChunkMeta[]): { lo: number; hi: number } | null {
  const first = chunks[0];
  const last = chunks.at(-1);
  return first === undefined || last === undefined ? null : { lo: first.offset, hi: last.offset };
}

function sum(chunks: readonly ChunkMeta[], of: (chunk: ChunkMeta) => number): number {
  return chunks.reduce((total, chunk) => total + of(chunk), 0);
}
