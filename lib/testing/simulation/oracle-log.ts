import { inflateRawSync } from 'node:zlib';
import type { ProducerRecord } from './producers';
import { Violation } from './violation';
import type { StoredChunk, World } from './world-parts';

/** A line as the log took it. */
export interface StoredLine {
  readonly text: string;
  /** Its `event_id`, or the segment's id. */
  readonly id: string;
  readonly name: string | null;
  readonly timeMs: number | null;
}

/** The lines of every stream, by offset. */
export type LinesOfStreams = ReadonlyMap<number, readonly (readonly StoredLine[])[]>;

const FINAL_BLOCK = Buffer.of(3, 0);
const HOUR_MS = 3_600_000;

/** What producers were told is what the log holds: acknowledged lines once, refused ones not at all. */
export function judgeLog(world: World, records: readonly ProducerRecord[]): LinesOfStreams {
  const lines = new Map<number, StoredLine[][]>();
  const counts = new Map<string, StoredLine[]>();
  for (const [streamId, chunks] of world.watch.chunks) {
    lines.set(streamId, chunks.map(linesOf));
    for (const line of lines.get(streamId)?.flat() ?? []) {
      counts.set(line.id, [...(counts.get(line.id) ?? []), line]);
    }
  }
  judgeAccepted(world);
  for (const record of records) judgeRecord(record, counts);
  const produced = new Set(records.flatMap(({ request }) => request.lines.map(({ id }) => id)));
  for (const id of counts.keys()) {
    if (!produced.has(id) && !id.startsWith('segment-'))
      throw new Violation('foreign', `nobody sent ${id}`, [id]);
  }
  return lines;
}

function linesOf({ body, rows, hourMs, streamId, offset }: StoredChunk): StoredLine[] {
  const texts = inflateRawSync(Buffer.concat([body, FINAL_BLOCK]))
    .toString()
    .split('\n')
    .slice(0, -1);
  if (texts.length !== rows)
    throw new Violation('rows', `chunk ${offset} of stream ${streamId} says ${rows} and has ${texts.length}`);
  return texts.map((text) => {
    const line: { event_id?: string; id?: string; name?: string; time?: string } = JSON.parse(text);
    const timeMs = line.time === undefined ? null : Date.parse(line.time);
    if (timeMs !== null && Math.floor(timeMs / HOUR_MS) * HOUR_MS !== hourMs)
      throw new Violation('hour', `a line of ${line.time} lies in the chunk of another hour`);
    return { text, id: line.event_id ?? line.id ?? '', name: line.name ?? null, timeMs };
  });
}

function judgeRecord(record: ProducerRecord, counts: ReadonlyMap<string, readonly StoredLine[]>): void {
  const { request, outcome, answers } = record;
  const told = new Map(answers.flatMap((answer) => answer.split('\n').filter(Boolean)).map(toldOf));
  for (const { id } of request.lines) {
    const stored = counts.get(id) ?? [];
    const [least, most] = outcome === 'acked' ? [1, 1] : outcome === 'maybe' ? [0, 1] : [0, 0];
    if (stored.length < least || stored.length > most)
      throw new Violation(
        'accepted',
        `${id}: its producer knows "${outcome}", the log has it ${stored.length} times`,
        [id],
      );
    const time = told.get(id);
    if (time !== undefined && Date.parse(time) !== stored[0]?.timeMs)
      throw new Violation('answer', `${id} was answered with ${time} and stored with ${stored[0]?.timeMs}`, [
        id,
      ]);
  }
  if (new Set(answers).size > 1)
    throw new Violation('answer', `a request with a key was answered differently: ${answers.join(' / ')}`);
}

function toldOf(row: string): [string, string] {
  const [id = '', time = ''] = row.split(' ');
  return [id, time];
}

/** The receipts' own count is that of the chunks. */
function judgeAccepted({ watch, log }: World): void {
  for (const [streamId, chunks] of watch.chunks) {
    const rows = new Map<number, number>();
    for (const chunk of chunks) rows.set(chunk.hourMs, (rows.get(chunk.hourMs) ?? 0) + chunk.rows);
    for (const [hourMs, accepted] of log.acceptedOf(streamId)) {
      if (rows.get(hourMs) !== accepted)
        throw new Violation(
          'receipt',
          `stream ${streamId} accepted ${accepted} and holds ${rows.get(hourMs)}`,
        );
    }
  }
}
