import type { Pace } from './back-off';
import { causeOfFault } from './cause-of-fault';
import { classifyFault, type StoreFault } from './classify-fault';

/** Why and how eagerly it has to be tried again. */
export interface Wait {
  readonly cause: string;
  readonly pace: Pace;
}

/** How an answer that decides nothing is tried again. */
export function waitFor(answer: StoreFault): Wait {
  const fault = classifyFault(answer);
  return { cause: causeOfFault(answer), pace: fault.kind === 'retry' ? fault.pace : 'probe' };
}
