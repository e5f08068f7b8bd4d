const KIB = 1_024;
const MIB = 1_024 * KIB;

/** What a collector takes and how long it waits; tests narrow them. */
export interface CollectorLimits {
  /** Body as sent. */
  readonly wireBytesMax: number;
  /** Body after gunzip. */
  readonly inflatedBytesMax: number;
  /** Body of a segment set: its snapshot must fit into one append. */
  readonly segmentSetBytesMax: number;
  /** Bytes of all requests in flight, as bodies and as lines. */
  readonly intakeBytesMax: number;
  readonly connectionsMax: number;
  readonly headersTimeoutMs: number;
  /** From the first byte of a request to the last of its body. */
  readonly requestTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  /** A key is looked up again in the background after this. */
  readonly keyRefreshMs: number;
  /** A key is not trusted any longer without a new look-up: how long a revoked key may still work. */
  readonly keyTtlMs: number;
  readonly browserRequestsPerSecond: number;
  readonly browserRequestsBurst: number;
  /** How long lines wait for company. */
  readonly gatherMs: number;
  /** Raw bytes at which a group is appended without waiting longer. */
  readonly groupBytesTarget: number;
  readonly appendsInFlightMax: number;
  readonly deflateLevel: number;
}

export const DEFAULT_LIMITS: CollectorLimits = {
  wireBytesMax: 16 * MIB,
  inflatedBytesMax: 64 * MIB,
  segmentSetBytesMax: 3 * MIB,
  intakeBytesMax: 256 * MIB,
  connectionsMax: 10_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  keepAliveTimeoutMs: 65_000,
  keyRefreshMs: 2_000,
  keyTtlMs: 5_000,
  browserRequestsPerSecond: 2_000,
  browserRequestsBurst: 4_000,
  gatherMs: 100,
  groupBytesTarget: MIB,
  appendsInFlightMax: 4,
  deflateLevel: 1,
};

/** Lines of one chunk, before compression. */
export const CHUNK_RAW_BYTES = 256 * KIB;
/** Raw bytes that units share in one append: however badly they compress, they fit into its 4 MB. */
export const GROUP_RAW_BYTES_MAX = 3.5 * MIB;
/**
 * A larger request is stored in parts. Counted in bytes as sent and in lines, never in bytes written, so that a
 * retry is divided in the same places even after a line format has changed. Both bound a part's compressed bytes.
 */
export const PART_INPUT_BYTES = 2.25 * MIB;
export const PART_ROWS = 10_000;
/** How much of a body is read before other requests get their turn. */
export const BYTES_PER_TURN = 512 * KIB;
