import { FAULT_BY_CODE } from './fault-table';

const HOLDS: ReadonlySet<string> = new Set([
  'conflict',
  'chunk_missing',
  'chunk_corrupt',
  'condition_ignored',
  ...Object.values(FAULT_BY_CODE).flatMap((fault) =>
    fault.kind === 'hold' || fault.kind === 'garbled' ? [fault.cause] : [],
  ),
]);
const UNLISTED = /^unlisted_answer_\d+$/;

/** Whether a routing is blocked for this cause because a lane stands still until a person has looked. */
export function isHoldCause(cause: string): boolean {
  return HOLDS.has(cause) || UNLISTED.test(cause);
}
