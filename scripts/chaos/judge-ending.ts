import type { Sql } from '@/lib/platform/sql';
import type { SendRecord, SentMark } from './load/send-record';
import { type LoggedChunk, readLog } from './read-log';
import type { ChaosRouting } from './stage/tenants';
import { isWanted } from './wanted';

/** What a disabled routing owes to its bucket. */
export interface EndingVerdict {
  /** Marks that have to be there once. */
  readonly due: readonly string[];
  /** Marks of files that were given up and may have been written: once or not at all. */
  readonly maybe: readonly string[];
  /** Keys of those files. */
  readonly keysInDoubt: ReadonlySet<string>;
  readonly gapRows: number;
  readonly faults: readonly string[];
}

interface Lane {
  readonly id: number;
  readonly stream_id: number;
  readonly type: SentMark['type'];
  readonly end_offset: number | null;
  readonly drain_until: Date | null;
  readonly lifecycle: string;
}

interface Gap {
  readonly lo: number;
  readonly hi: number;
  readonly rows: number;
  readonly cause: string;
  readonly at: Date;
  readonly may_exist: boolean;
  /** Of the file that was given up; null where none was sealed. */
  readonly key: string | null;
  readonly hour: Date | null;
}

const LANES = `SELECT l.id, l.stream_id, s.type, l.end_offset, r.drain_until, r.lifecycle
  FROM lane l JOIN log.stream s ON s.id = l.stream_id JOIN routing r ON r.id = l.routing_id
  WHERE l.routing_id = $1 ORDER BY l.id`;
const CUTS = `SELECT lo, hi FROM cut WHERE lane_id = $1 AND state = 'committed'`;
const GAPS = `SELECT g.lo, g.hi, g.rows, g.cause, g.at, g.may_exist, f.key, f.hour
  FROM gap g LEFT JOIN file f ON f.id = g.file_id WHERE g.lane_id = $1`;
/** A gap's time is the beginning of a statement, which may have waited for locks until the deadline was over. */
const WAITED_FOR_LOCKS_MS = 30_000;

/**
 * Where a disabled routing ended, by the log itself: what was promised before it was asked to end lies before its end,
 * cuts and gaps cover that exactly, a gap counts what it holds, and none came before the deadline.
 */
export async function judgeEnding(
  sql: Sql,
  routing: ChaosRouting,
  record: SendRecord,
): Promise<EndingVerdict> {
  const due: string[] = [];
  const maybe: string[] = [];
  const faults: string[] = [];
  const keysInDoubt = new Set<string>();
  const placed = new Set<string>();
  let gapRows = 0;
  for (const lane of (await sql.query<Lane>(LANES, [routing.routingId])).rows) {
    const chunks = await readLog(sql, lane.stream_id, lane.type);
    const { rows: cuts } = await sql.query<Pick<Gap, 'lo' | 'hi'>>(CUTS, [lane.id]);
    const { rows: gaps } = await sql.query<Gap>(GAPS, [lane.id]);
    faults.push(...faultsOfLane({ routing, lane, chunks, cuts, gaps }));
    gapRows += gaps.reduce((sum, { rows }) => sum + rows, 0);
    for (const { key, may_exist } of gaps) if (key !== null && may_exist) keysInDoubt.add(key);
    for (const chunk of chunks) {
      const isBefore = chunk.offset < (lane.end_offset ?? Number.POSITIVE_INFINITY);
      const gap = gaps.find((one) => holds(one, chunk));
      for (const line of chunk.lines) {
        placed.add(line.mark);
        const fault = faultOfPlace(routing, record.marks.get(line.mark), isBefore);
        if (fault !== null) faults.push(`${line.mark} ${fault}`);
        if (!isBefore || !isWanted(routing, line)) continue;
        if (gap === undefined) due.push(line.mark);
        else if (gap.may_exist) maybe.push(line.mark);
      }
    }
  }
  // Promised and not even in the log: the oracle will not find it either.
  for (const [mark, sent] of record.marks)
    if (sent.fate === 'acked' && isWanted(routing, sent) && !placed.has(mark)) due.push(mark);
  return { due, maybe, keysInDoubt, gapRows, faults };
}

interface LaneFacts {
  readonly routing: ChaosRouting;
  readonly lane: Lane;
  readonly chunks: readonly LoggedChunk[];
  readonly cuts: readonly Pick<Gap, 'lo' | 'hi'>[];
  readonly gaps: readonly Gap[];
}

function faultsOfLane({ routing, lane, chunks, cuts, gaps }: LaneFacts): string[] {
  const what = `lane ${lane.id} (${lane.type})`;
  if (lane.lifecycle !== 'disabled' || lane.end_offset === null)
    return [`${what} is ${lane.lifecycle} and ends at ${lane.end_offset}`];
  const faults: string[] = [];
  let next = chunks[0]?.offset ?? 0;
  const pieces = [...cuts, ...gaps.filter(({ key }) => key === null)].sort((a, b) => a.lo - b.lo);
  for (const { lo, hi } of pieces) {
    if (lo !== next) faults.push(`${what}: ${lo} to ${hi} comes behind ${next - 1}`);
    next = hi + 1;
  }
  if (next !== lane.end_offset)
    faults.push(`${what} is accounted for until ${next} and ends at ${lane.end_offset}`);
  for (const gap of gaps) {
    const range = `${what}: the gap ${gap.lo} to ${gap.hi}`;
    const inside = chunks.filter((chunk) => holds(gap, chunk));
    const rows = inside.reduce((sum, chunk) => sum + rowsIn(routing, gap, chunk), 0);
    if (rows !== gap.rows) faults.push(`${range} says ${gap.rows} rows and holds ${rows}`);
    if (gap.cause !== 'discarded') faults.push(`${range} was caused by ${gap.cause}`);
    const notBeforeMs = (lane.drain_until?.getTime() ?? 0) - WAITED_FOR_LOCKS_MS;
    if (gap.at.getTime() < notBeforeMs)
      faults.push(
        `${range} came at ${gap.at.toISOString()}; its deadline was ${lane.drain_until?.toISOString()}`,
      );
  }
  return faults;
}

/** A file holds what its routing wants of one hour; chunks that nobody has sealed count whole. */
function rowsIn(routing: ChaosRouting, gap: Gap, chunk: LoggedChunk): number {
  return gap.key === null ? chunk.rows : chunk.lines.filter((line) => isWanted(routing, line)).length;
}

function holds({ lo, hi, hour }: Gap, chunk: LoggedChunk): boolean {
  return lo <= chunk.offset && chunk.offset <= hi && (hour === null || hour.getTime() === chunk.hourMs);
}

/** The end lies between the question and the answer: what was promised before the one, or sent behind the other, shows. */
function faultOfPlace(
  { ending }: ChaosRouting,
  sent: SentMark | undefined,
  isBefore: boolean,
): string | null {
  if (ending === null || sent === undefined) return null;
  const { askedAtMs, decidedAtMs } = ending;
  if (!isBefore && sent.fate === 'acked' && (sent.settledAtMs ?? askedAtMs) < askedAtMs)
    return 'was promised before its routing was disabled, and lies behind its end';
  if (isBefore && decidedAtMs !== null && sent.openedAtMs > decidedAtMs)
    return 'was sent after its routing was disabled, and lies before its end';
  return null;
}
