import { crc32 } from 'node:zlib';
import type { ChunkMeta, NewChunk } from '@/lib/domain/chunk/chunk';
import { AppError } from '@/lib/domain/errors';
import { APPEND_BYTES_MAX } from '@/lib/platform/event-log/append-statement';
import {
  type AppendRequest,
  type AppendResult,
  ChunkCorruptError,
  ChunkMissingError,
  type EventLog,
  type IdempotencyRow,
  type StreamHead,
} from '@/lib/platform/event-log/event-log';
import { placeCounts } from '@/lib/platform/event-log/place-counts';

interface StoredChunk {
  readonly meta: ChunkMeta;
  /** The day of its partition, in days since the epoch. */
  readonly day: number;
  body: Buffer;
}

interface MemoryStream {
  head: StreamHead;
  day: number;
  readonly chunks: Map<number, StoredChunk>;
  /** Of all chunks, also of those that are gone: what was counted of them stays. */
  readonly metas: ChunkMeta[];
  /** What was accepted, by the hour's start. */
  readonly accepted: Map<number, number>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The event log in memory, for the simulation. Every call is one step: nothing interleaves inside it. */
export class MemoryEventLog implements EventLog {
  readonly #streams = new Map<number, MemoryStream>();
  readonly #appends = new Map<string, readonly number[]>();
  readonly #keys = new Map<string, IdempotencyRow>();
  readonly #nowMs: () => number;

  /** `nowMs` is the time at which chunks are received, for their retention. */
  constructor({ nowMs = () => 0 }: { readonly nowMs?: () => number } = {}) {
    this.#nowMs = nowMs;
  }

  createStream(closedThroughMs = Number.NEGATIVE_INFINITY): number {
    const streamId = this.#streams.size + 1;
    const head = { nextOffset: 0, rowsTotal: 0, rawBytesTotal: 0, bodyBytesTotal: 0 };
    this.#streams.set(streamId, {
      head: { streamId, ...head, closedThroughMs },
      day: Math.floor(this.#nowMs() / DAY_MS),
      chunks: new Map(),
      metas: [],
      accepted: new Map(),
    });
    return streamId;
  }

  closeHours(streamId: number, throughMs: number): void {
    const stream = this.#stream(streamId);
    stream.head = { ...stream.head, closedThroughMs: Math.max(stream.head.closedThroughMs, throughMs) };
  }

  /** What retention does: removes chunks that were received more than so many whole days (UTC) before today. */
  removeExpired(retentionDays: number): void {
    const firstDay = Math.floor(this.#nowMs() / DAY_MS) - retentionDays;
    for (const { chunks } of this.#streams.values()) {
      for (const [offset, { day }] of chunks) {
        if (day < firstDay) chunks.delete(offset);
      }
    }
  }

  /** What retention does to one chunk. */
  removeChunk(streamId: number, offset: number): void {
    this.#stream(streamId).chunks.delete(offset);
  }

  /** What a failing disk does. */
  replaceBody(streamId: number, offset: number, body: Buffer): void {
    const chunk = this.#stream(streamId).chunks.get(offset);
    if (chunk !== undefined) chunk.body = body;
  }

  /** What was accepted of the stream in each hour, by its start. */
  acceptedOf(streamId: number): ReadonlyMap<number, number> {
    return this.#stream(streamId).accepted;
  }

  async append({ appendId, chunks, idempotency, accepted }: AppendRequest): Promise<AppendResult> {
    assertSound(chunks);
    const counts = accepted === undefined ? chunks.map(({ rows }) => rows) : placeCounts(chunks, accepted);
    const known = this.#appends.get(appendId);
    if (known !== undefined) {
      if (known.length !== chunks.length) throw new Error(`${appendId} was used for another append`);
      return { kind: 'stored', offsets: known };
    }
    const names = idempotency.map(keyName);
    const existing = names.flatMap((name, i) => (this.#keys.has(name) || names.indexOf(name) < i ? [i] : []));
    if (existing.length > 0) return { kind: 'key_exists', idempotencyIndexes: existing };
    const heads = chunks.map((chunk) => this.#stream(chunk.streamId).head);
    const late = chunks.flatMap((chunk, i) =>
      chunk.hourMs + HOUR_MS <= (heads[i]?.closedThroughMs ?? 0) ? [i] : [],
    );
    if (late.length > 0) return { kind: 'hour_closed', chunkIndexes: late };
    const offsets = chunks.map((chunk) => this.#store(chunk));
    for (const [i, { streamId, hourMs }] of chunks.entries()) {
      const hours = this.#stream(streamId).accepted;
      hours.set(hourMs, (hours.get(hourMs) ?? 0) + (counts[i] ?? 0));
    }
    for (const row of idempotency) this.#keys.set(keyName(row), row);
    this.#appends.set(appendId, offsets);
    return { kind: 'stored', offsets };
  }

  async head(streamId: number): Promise<StreamHead> {
    return this.headOf(streamId);
  }

  headOf(streamId: number): StreamHead {
    return this.#stream(streamId).head;
  }

  /** Null for a chunk that is not there yet, or not any more. */
  chunkOf(streamId: number, offset: number): ChunkMeta | null {
    return this.#stream(streamId).chunks.get(offset)?.meta ?? null;
  }

  /** Metadata of all chunks that ever were, by their offsets. */
  everyChunk(streamId: number): readonly ChunkMeta[] {
    return this.#stream(streamId).metas;
  }

  /** Metadata of the chunks that are kept, and not about to go, in the order of their offsets. */
  keptChunks(streamId: number, retentionDays = Number.POSITIVE_INFINITY): ChunkMeta[] {
    const firstDay = Math.floor(this.#nowMs() / DAY_MS) - retentionDays;
    const chunks = [...this.#stream(streamId).chunks.values()];
    return chunks.filter(({ day }) => day >= firstDay).map(({ meta }) => meta);
  }

  async scan(streamId: number, from: number, limitChunks: number): Promise<ChunkMeta[]> {
    const { head } = this.#stream(streamId);
    const count = Math.max(0, Math.min(limitChunks, head.nextOffset - from));
    return Array.from({ length: count }, (_, i) => this.#chunk(streamId, from + i).meta);
  }

  async *read(streamId: number, lo: number, hi: number): AsyncGenerator<{ meta: ChunkMeta; body: Buffer }> {
    for (let offset = lo; offset <= hi; offset += 1) {
      const { meta, body } = this.#chunk(streamId, offset);
      if (body.length !== meta.bodyBytes || crc32(body) !== meta.crcBody)
        throw new ChunkCorruptError(`Chunk ${offset} of stream ${streamId} is damaged`);
      yield { meta, body };
    }
  }

  async findIdempotency(workspaceId: string, call: string, key: string): Promise<IdempotencyRow | null> {
    return this.#keys.get(keyName({ workspaceId, call, key })) ?? null;
  }

  #store({ body, ...content }: NewChunk): number {
    const stream = this.#stream(content.streamId);
    const { head } = stream;
    const offset = head.nextOffset;
    const meta: ChunkMeta = {
      ...content,
      offset,
      rowsBefore: head.rowsTotal,
      rawBytesBefore: head.rawBytesTotal,
      bodyBytesBefore: head.bodyBytesTotal,
    };
    stream.day = Math.max(stream.day, Math.floor(this.#nowMs() / DAY_MS));
    stream.chunks.set(offset, { meta, day: stream.day, body });
    stream.metas.push(meta);
    stream.head = {
      ...head,
      nextOffset: offset + 1,
      rowsTotal: head.rowsTotal + content.rows,
      rawBytesTotal: head.rawBytesTotal + content.rawBytes,
      bodyBytesTotal: head.bodyBytesTotal + content.bodyBytes,
    };
    return offset;
  }

  #stream(streamId: number): MemoryStream {
    const stream = this.#streams.get(streamId);
    if (stream === undefined) throw new AppError('NOT_FOUND', `stream ${streamId} does not exist`);
    return stream;
  }

  #chunk(streamId: number, offset: number): StoredChunk {
    const chunk = this.#stream(streamId).chunks.get(offset);
    if (chunk === undefined) throw new ChunkMissingError(`Stream ${streamId} has no chunk ${offset}`);
    return chunk;
  }
}

function assertSound(chunks: readonly NewChunk[]): void {
  const bodyBytes = chunks.reduce((sum, chunk) => sum + chunk.bodyBytes, 0);
  if (
    chunks.some((chunk) => chunk.body.length !== chunk.bodyBytes || chunk.bodyBytes === 0 || chunk.rows < 1)
  )
    throw new AppError('INTERNAL', 'A chunk needs lines, and its body exactly bodyBytes bytes');
  if (bodyBytes > APPEND_BYTES_MAX)
    throw new AppError('LIMIT', `An append holds at most ${APPEND_BYTES_MAX} bytes`);
}

function keyName(row: { workspaceId: string; call: string; key: string }): string {
  return JSON.stringify([row.workspaceId, row.call, row.key]);
}
