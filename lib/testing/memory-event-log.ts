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

interface StoredChunk {
  readonly meta: ChunkMeta;
  body: Buffer;
}

interface MemoryStream {
  head: StreamHead;
  readonly chunks: Map<number, StoredChunk>;
}

const HOUR_MS = 3_600_000;

/** The event log in memory, for the simulation. Every call is one step: nothing interleaves inside it. */
export class MemoryEventLog implements EventLog {
  readonly #streams = new Map<number, MemoryStream>();
  readonly #appends = new Map<string, readonly number[]>();
  readonly #keys = new Map<string, IdempotencyRow>();

  createStream(): number {
    const streamId = this.#streams.size + 1;
    const head = { nextOffset: 0, rowsTotal: 0, rawBytesTotal: 0, bodyBytesTotal: 0 };
    this.#streams.set(streamId, {
      head: { streamId, ...head, closedThroughMs: Number.NEGATIVE_INFINITY },
      chunks: new Map(),
    });
    return streamId;
  }

  closeHours(streamId: number, throughMs: number): void {
    const stream = this.#stream(streamId);
    stream.head = { ...stream.head, closedThroughMs: Math.max(stream.head.closedThroughMs, throughMs) };
  }

  /** What retention does. */
  removeChunk(streamId: number, offset: number): void {
    this.#stream(streamId).chunks.delete(offset);
  }

  /** What a failing disk does. */
  replaceBody(streamId: number, offset: number, body: Buffer): void {
    const chunk = this.#stream(streamId).chunks.get(offset);
    if (chunk !== undefined) chunk.body = body;
  }

  async append({ appendId, chunks, idempotency }: AppendRequest): Promise<AppendResult> {
    assertSound(chunks);
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
    for (const row of idempotency) this.#keys.set(keyName(row), row);
    this.#appends.set(appendId, offsets);
    return { kind: 'stored', offsets };
  }

  async head(streamId: number): Promise<StreamHead> {
    return this.#stream(streamId).head;
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
    stream.chunks.set(offset, { meta, body });
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
