import type { ChunkMeta, NewChunk } from '@/lib/domain/chunk/chunk';

/** A request's idempotency row; it is stored in the same transaction as the request's lines, or not at all. */
export interface IdempotencyRow {
  readonly workspaceId: string;
  readonly call: string;
  readonly key: string;
  /** SHA-256 of the request body. */
  readonly bodyHash: Buffer;
  /** The first answer, returned to every retry. */
  readonly status: number;
  readonly answer: Buffer;
}

/** Lines of one stream and hour that were accepted, counted from the requests and not from the chunks made of them. */
export interface AcceptedCount {
  readonly streamId: number;
  /** Start of the hour, epoch ms. */
  readonly hourMs: number;
  readonly rows: number;
}

export interface AppendRequest {
  /** UUID unique in the log. After a lost reply the same id is appended again and changes nothing. */
  readonly appendId: string;
  /** At most 4 MB of bodies in all. May be empty when only keys are stored. */
  readonly chunks: readonly NewChunk[];
  readonly idempotency: readonly IdempotencyRow[];
  /**
   * One count for each stream and hour of the chunks, stored with them. Whoever has no count of their own leaves it
   * out: then the chunks are counted, and receipts say so.
   */
  readonly accepted?: readonly AcceptedCount[];
}

/** All or nothing: unless `stored`, the append left no trace. */
export type AppendResult =
  /** One offset per chunk, in the request's order. */
  | { readonly kind: 'stored'; readonly offsets: readonly number[] }
  /** These chunks (indexes) belong to an hour that is closed: build their lines anew with the present time. */
  | { readonly kind: 'hour_closed'; readonly chunkIndexes: readonly number[] }
  /** These rows (indexes) exist already: read the first answer instead of storing again. */
  | { readonly kind: 'key_exists'; readonly idempotencyIndexes: readonly number[] };

export interface StreamHead {
  readonly streamId: number;
  /** The offset that the next chunk will get. */
  readonly nextOffset: number;
  readonly rowsTotal: number;
  readonly rawBytesTotal: number;
  readonly bodyBytesTotal: number;
  /** Epoch ms; hours that end at or before it are closed. -Infinity before the first closing. */
  readonly closedThroughMs: number;
}

/** The log that holds events between collection and delivery. Every adapter passes the conformance suite. */
export interface EventLog {
  append(request: AppendRequest): Promise<AppendResult>;
  head(streamId: number): Promise<StreamHead>;
  /** Metadata from `from` (inclusive), in offset order. A missing offset is an error, never skipped silently. */
  scan(streamId: number, from: number, limitChunks: number): Promise<ChunkMeta[]>;
  /**
   * Bodies of lo..hi (inclusive) in offset order, in pages of bounded bytes. Length and `crcBody` are checked;
   * a mismatch throws `ChunkCorruptError`, a missing chunk `ChunkMissingError`.
   */
  read(streamId: number, lo: number, hi: number): AsyncIterable<{ meta: ChunkMeta; body: Buffer }>;
  /** The first answer of a request that was stored in the last 24 h, or null. */
  findIdempotency(workspaceId: string, call: string, key: string): Promise<IdempotencyRow | null>;
}

export class ChunkCorruptError extends Error {
  override readonly name = 'ChunkCorruptError';
}

export class ChunkMissingError extends Error {
  override readonly name = 'ChunkMissingError';
}

/**
 * No answer to an append came before the deadline: it may be stored or not. Say so to whoever waits, and never
 * append the same lines under another id.
 */
export class AppendOutcomeUnknownError extends Error {
  override readonly name = 'AppendOutcomeUnknownError';

  constructor(
    readonly appendId: string,
    cause: unknown,
  ) {
    super(`Whether append ${appendId} is stored is not known`, { cause });
  }
}
