/** How the PUTs that ended in the last five minutes went; marks that were never sent and 412s count as no failure. */
export interface RecentTries {
  readonly failed: number;
  readonly ended: number;
}

/** Fewer failures than this in the window say nothing about a share. */
const FAILURES_MIN = 3;

/**
 * Whether the share of failed tries makes a routing failing, or keeps it so. It begins at a half and ends below a
 * third: a store that refuses about half of all tries must not change its status with each of them.
 */
export function isFailingShare({ failed, ended }: RecentTries, isFailing: boolean): boolean {
  if (failed < FAILURES_MIN) return false;
  return isFailing ? failed * 3 >= ended : failed * 2 >= ended;
}
