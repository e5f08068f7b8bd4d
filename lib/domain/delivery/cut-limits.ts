const MIB = 1024 * 1024;

/** Where a cut ends at the latest. One PutObject carries each file whole; nothing is ever multipart. */
export interface CutLimits {
  readonly bodyBytesMax: number;
  readonly rawBytesMax: number;
  readonly chunksMax: number;
  readonly filesMax: number;
}

export const CUT_LIMITS: CutLimits = {
  bodyBytesMax: 32 * MIB,
  rawBytesMax: 512 * MIB,
  chunksMax: 20_000,
  filesMax: 32,
};

/** A filtered cut is inflated whole before its seal and once more for its files, so it ends earlier. */
export const FILTERED_CUT_LIMITS: CutLimits = { ...CUT_LIMITS, rawBytesMax: 64 * MIB };

/** A lane with this many undelivered bytes is far behind and shares slots and memory with the others like it. */
export const BEHIND_BODY_BYTES = 4 * CUT_LIMITS.bodyBytesMax;
