import { AppError } from '@/lib/domain/errors';
import type { Lifecycle } from './state';

interface StartFacts {
  /** A check of the present destination has passed. */
  readonly isVerified: boolean;
  /** Said by who starts: nobody shall wait for a check. */
  readonly withoutCheck: boolean;
}

const UNCHECKED: Partial<Record<Lifecycle, string>> = {
  draft: 'The access of this routing has not been checked. Check it on the Connection page, then start it.',
  verifying: 'The access of this routing is being checked, which takes seconds. Start it once it is ready.',
  verification_failed:
    'The access of this routing did not pass its check. The Connection page says what to change; it can be started once it passes.',
};

/**
 * From where a start is planned: what has access that was checked, or that nobody wants checked, counts as verified.
 * Throws PRECONDITION for access that has still to pass.
 */
export function startsFrom(lifecycle: Lifecycle, { isVerified, withoutCheck }: StartFacts): Lifecycle {
  const sentence = UNCHECKED[lifecycle];
  if (sentence === undefined) return lifecycle;
  if (withoutCheck || (lifecycle === 'draft' && isVerified)) return 'verified';
  throw new AppError('PRECONDITION', sentence);
}
