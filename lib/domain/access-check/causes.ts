import type { CauseEntry } from './cause-entry';
import { CAUSES_OF_ACCESS } from './causes-of-access';
import { CAUSES_OF_ENCRYPTION } from './causes-of-encryption';
import { CAUSES_OF_PLACE } from './causes-of-place';
import { CAUSES_OF_RIGHTS } from './causes-of-rights';
import { CAUSES_OF_TRAFFIC } from './causes-of-traffic';

/** The closed catalogue: every way in which a row of a check may not pass. */
export const CHECK_CAUSES = {
  ...CAUSES_OF_PLACE,
  ...CAUSES_OF_ACCESS,
  ...CAUSES_OF_RIGHTS,
  ...CAUSES_OF_ENCRYPTION,
  ...CAUSES_OF_TRAFFIC,
} as const satisfies Record<string, CauseEntry>;
export type CheckCause = keyof typeof CHECK_CAUSES;

/** Every cause that a check can name. */
export const ALL_CHECK_CAUSES = Object.keys(CHECK_CAUSES) as readonly CheckCause[];

/** The entry of a cause as it is stored. One of a newer version than ours reads as an answer that nobody foresaw. */
export function checkCause(cause: string): CauseEntry {
  return ALL_CHECK_CAUSES.includes(cause as CheckCause)
    ? CHECK_CAUSES[cause as CheckCause]
    : CHECK_CAUSES.unlisted_answer;
}
