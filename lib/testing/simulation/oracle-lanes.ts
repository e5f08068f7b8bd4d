import type { CutRow, LaneRow } from '@/lib/testing/memory-ledger/memory-state';
import type { LinesOfStreams, StoredLine } from './oracle-log';
import { Violation } from './violation';
import type { StoredChunk, World } from './world-parts';

export interface OffsetRange {
  readonly lo: number;
  readonly hi: number;
  readonly hourMs: number | null;
}

/** What one cut brings into buckets: by hour, in the order of the log. */
export interface CarriedCut {
  readonly cut: Readonly<CutRow>;
  readonly streamId: number;
  /** Lines of the offsets in [lo, hi] and of this hour; null takes every hour. */
  readonly linesOf: (range: OffsetRange) => readonly StoredLine[];
  /** The same before any chunk was found corrupt, as a file held them that was sealed until then. */
  readonly storedLinesOf: (range: OffsetRange) => readonly StoredLine[];
  /** All of them, save for what was given up. */
  readonly lines: readonly StoredLine[];
  /** Lines that were given up though they may have been written. */
  readonly mayExist: readonly StoredLine[];
  /** A person has accepted that its files may exist in both places, or they are of a superseded snapshot. */
  readonly mayExistTwice: boolean;
}

interface Run {
  readonly lo: number;
  readonly hi: number;
  readonly what: 'cut' | 'gap' | 'left_out';
}

/** Every lane is accounted for, offset by offset, from the first to where it is done: cut, gap or left out, once. */
export function judgeLanes(world: World, lines: LinesOfStreams): CarriedCut[] {
  const { ledger } = world;
  const carried: CarriedCut[] = [];
  for (const lane of ledger.lanes()) {
    const cuts = ledger.cuts().filter(({ laneId }) => laneId === lane.id);
    judgeRuns(world, lane, cuts);
    carried.push(...cuts.map((cut) => carry(world, { cut, lane }, lines)));
  }
  judgeGaps(world);
  return carried;
}

function judgeRuns(world: World, lane: Readonly<LaneRow>, cuts: readonly Readonly<CutRow>[]): void {
  const ofLane = ({ laneId }: { laneId: number }) => laneId === lane.id;
  const committed = cuts.filter(({ state }) => state === 'committed');
  const runs: Run[] = [
    ...committed.map(({ lo, hi }) => ({ lo, hi, what: 'cut' as const })),
    ...world.ledger
      .gaps()
      .filter((gap) => gap.fileId === null && ofLane(gap))
      .map(({ lo, hi }) => ({ lo, hi, what: 'gap' as const })),
    ...world.ledger
      .leftOut()
      .filter(ofLane)
      .map(({ lo, hi }) => ({ lo, hi, what: 'left_out' as const })),
  ].filter(({ lo, hi }) => hi >= lo);
  runs.sort((one, other) => one.lo - other.lo);
  let at = 0;
  for (const run of runs) {
    if (run.lo !== at)
      throw new Violation('cursor', `lane ${lane.id}: ${JSON.stringify(run)} does not begin at ${at}`, [
        `lane=${lane.id}`,
      ]);
    at = run.hi + 1;
  }
  const lifecycle = world.ledger.routings().find(({ id }) => id === lane.routingId)?.lifecycle;
  const hasEnded = lifecycle === 'disabled' || lifecycle === 'archived';
  if (hasEnded && (lane.running || lane.endOffset === null || lane.done !== lane.endOffset))
    throw new Violation('end', `lane ${lane.id} has done ${lane.done} and ends at ${lane.endOffset}`, [
      `lane=${lane.id}`,
    ]);
  if (at !== lane.done)
    throw new Violation('cursor', `lane ${lane.id} has done ${lane.done} and its cuts end at ${at}`, [
      `lane=${lane.id}`,
    ]);
}

function judgeGaps({ ledger, watch, coverage }: World): void {
  const streams = new Map(ledger.lanes().map(({ id, streamId }) => [id, streamId]));
  const files = new Map(ledger.files().map((file) => [file.id, file]));
  for (const { laneId, lo, hi, rows, fileId, cause } of ledger.gaps()) {
    coverage.count(`gap.${cause}${fileId === null ? '' : '.file'}`);
    const file = fileId === null ? undefined : files.get(fileId);
    if (file !== undefined) {
      if (file.state === 'released' && file.rows === rows) continue;
      throw new Violation(
        'gap',
        `file ${fileId} is ${file.state} with ${file.rows} rows, its gap has ${rows}`,
      );
    }
    const streamId = streams.get(laneId) ?? 0;
    const lost = (watch.chunks.get(streamId) ?? []).slice(lo, hi + 1);
    const lostRows = lost.reduce((sum, chunk) => sum + chunk.rows, 0);
    if (lostRows !== rows) throw new Violation('gap', `a gap says ${rows} rows and took ${lostRows}`);
    const end = ledger.lanes().find(({ id }) => id === laneId)?.endOffset ?? null;
    if (cause === 'discarded') {
      if (end === null || hi >= end)
        throw new Violation('gap', `a lane that ends at ${end} lost up to ${hi}`);
      continue;
    }
    const kept = lost.find(({ offset }) => !watch.removed.has(`${streamId}/${offset}`));
    if (kept !== undefined) throw new Violation('gap', `chunk ${kept.offset} lies in a gap and is kept`);
  }
}

function carry(
  world: World,
  { cut, lane }: { cut: Readonly<CutRow>; lane: Readonly<LaneRow> },
  lines: LinesOfStreams,
): CarriedCut {
  const { watch, ledger, coverage } = world;
  const { streamId } = lane;
  const type = ledger.streams().find(({ id }) => id === streamId)?.type;
  const chunks = (watch.chunks.get(streamId) ?? []).slice(cut.lo, cut.hi + 1);
  const firstWanted = type === 'segment' ? newestSnapshotAt(chunks) : cut.lo;
  if (firstWanted > cut.lo) coverage.count('segments.superseded');
  const corrupt = corruptOf(world, { cut, streamId }, type === 'segment');
  const storedLinesOf = (range: OffsetRange, leftOut: ReadonlySet<number> = new Set()) =>
    chunks
      .filter(({ offset, hourMs }) => {
        const isInRange = offset >= Math.max(range.lo, firstWanted) && offset <= range.hi;
        return isInRange && (range.hourMs === null || hourMs === range.hourMs) && !leftOut.has(offset);
      })
      .flatMap(({ offset }) => lines.get(streamId)?.[offset] ?? [])
      .filter(({ name }) => cut.eventNames.length === 0 || cut.eventNames.includes(name ?? ''));
  const linesOf = (range: OffsetRange) => storedLinesOf(range, corrupt);
  const files = ledger.files().filter(({ cutId }) => cutId === cut.id);
  const gaps = ledger.gaps().flatMap(({ fileId, mayExist }) => {
    const file = files.find(({ id }) => id === fileId);
    return file === undefined ? [] : [{ mayExist, lines: linesOf(file) }];
  });
  // A snapshot that was given up behind a newer one is superseded, not lost: nobody misses it.
  const isSuperseded = ledger.setAside().some((row) => row.cutId === cut.id && row.reason === 'superseded');
  const supersededFiles = files.filter(
    ({ state }) => type === 'segment' && isSuperseded && state === 'released',
  );
  if (supersededFiles.length > 0) coverage.count('segments.given_up_behind_newer');
  gaps.push(...supersededFiles.map((file) => ({ mayExist: true, lines: linesOf(file) })));
  const givenUp = new Set(gaps.flatMap((gap) => gap.lines));
  const whole = { lo: cut.lo, hi: cut.hi, hourMs: null };
  const isDoubted = cut.doubtAcceptedAtMs !== null;
  return {
    cut,
    streamId,
    linesOf,
    storedLinesOf,
    lines: linesOf(whole).filter((line) => !givenUp.has(line)),
    mayExist: [
      ...gaps.filter(({ mayExist }) => mayExist).flatMap((gap) => gap.lines),
      ...(isDoubted ? storedLinesOf(whole) : []),
    ],
    mayExistTwice: isDoubted || supersededFiles.length > 0,
  };
}

/** Chunks that a cut left out as corrupt: only those that are. */
function corruptOf(
  { ledger, watch, coverage }: World,
  { cut, streamId }: { cut: Readonly<CutRow>; streamId: number },
  isSnapshot: boolean,
): Set<number> {
  const corrupt = new Set<number>();
  for (const row of ledger.setAside()) {
    if (row.cutId !== cut.id || row.reason !== 'corrupt') continue;
    const isDamaged = (offset: number) => watch.damaged.has(`${streamId}/${offset}`);
    const sound = row.offsets.filter((offset) => !isDamaged(offset));
    // A snapshot is set aside whole: without some of its lines it would pass for another one.
    if (isSnapshot ? sound.length === row.offsets.length : sound.length > 0)
      throw new Violation('set_aside', `chunks ${sound} of stream ${streamId} are sound and were set aside`);
    for (const offset of row.offsets) corrupt.add(offset);
    coverage.count(isSnapshot ? 'set_aside.snapshot' : 'set_aside.corrupt');
  }
  return corrupt;
}

function newestSnapshotAt(chunks: readonly StoredChunk[]): number {
  const ends = chunks.filter(({ snapshotEnd }) => snapshotEnd);
  const before = ends.at(-2);
  return before === undefined ? (chunks[0]?.offset ?? 0) : before.offset + 1;
}
