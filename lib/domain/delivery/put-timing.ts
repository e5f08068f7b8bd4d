const DEADLINE_BASE_MS = 30_000;
const SLOWEST_BYTES_PER_SECOND = 128 * 1024;

/** How long one PUT may take in all: 30 s and the body at 128 KiB/s. */
export function putDeadlineMs(bodyBytes: number): number {
  return DEADLINE_BASE_MS + Math.ceil((bodyBytes / SLOWEST_BYTES_PER_SECOND) * 1_000);
}

/** How long a HEAD may take. */
export const HEAD_DEADLINE_MS = 15_000;

/** A mark older than this no longer says that the routing runs: a PUT starts within 2 s of a pause, or not at all. */
export const MARK_FRESH_MS = 1_500;
