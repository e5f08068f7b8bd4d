import { causeOfFault } from './cause-of-fault';
import type { StoreFault } from './classify-fault';

/** The answer that most failed tries of the last minutes got. */
export interface DominantFault extends StoreFault {
  readonly tries: number;
}

/** Fewer failures than this say nothing while the newest try went well. */
const TRIES_TO_BLAME = 3;

/** Why a routing is late: what its tries fail with, or that we are behind. */
export function lateCause(fault: DominantFault | null, isFailing: boolean): string {
  if (fault === null || (!isFailing && fault.tries < TRIES_TO_BLAME)) return 'behind';
  return causeOfFault(fault);
}
