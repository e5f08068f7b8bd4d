import { constants, inflateRawSync } from 'node:zlib';
import type { Sql } from '@/lib/platform/sql';
import { markOrId } from '@/lib/testing/oracle';
import type { SentMark } from './load/send-record';

export interface LoggedLine {
  readonly mark: string;
  readonly type: SentMark['type'];
  /** '' for a line that is no event. */
  readonly eventName: string;
}

export interface LoggedChunk {
  readonly offset: number;
  readonly hourMs: number;
  readonly rows: number;
  readonly lines: readonly LoggedLine[];
}

interface Row {
  readonly offset: number;
  readonly hour: Date;
  readonly rows: number;
  readonly body: Buffer;
}

const CHUNKS_AT_ONCE = 200;
const PAGE = `SELECT "offset", hour, rows, body FROM log.chunk
  WHERE stream_id = $1 AND "offset" > $2 ORDER BY "offset" LIMIT ${CHUNKS_AT_ONCE}`;

/** Which line lies at which offset of a stream, by the bodies themselves, oldest first. */
export async function readLog(sql: Sql, streamId: number, type: SentMark['type']): Promise<LoggedChunk[]> {
  const chunks: LoggedChunk[] = [];
  for (let after = -1; ; after = chunks.at(-1)?.offset ?? after) {
    const { rows } = await sql.query<Row>(PAGE, [streamId, after]);
    for (const row of rows)
      chunks.push({
        offset: row.offset,
        hourMs: row.hour.getTime(),
        rows: row.rows,
        lines: open(row.body, type),
      });
    if (rows.length < CHUNKS_AT_ONCE) return chunks;
  }
}

function open(body: Buffer, type: SentMark['type']): LoggedLine[] {
  const text = inflateRawSync(body, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const fields = JSON.parse(line) as Readonly<Record<string, unknown>>;
      const eventName = type === 'events' ? String(fields.name) : '';
      return { mark: markOrId(fields) ?? '', type, eventName };
    });
}
