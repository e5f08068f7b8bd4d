import { type AccessCheckView, type CheckInput, checkInputSchema } from '@/lib/domain/access-check/view';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { inCheck } from './in-check';
import { keepTryingAccessCheck } from './keep-trying';

/** Says that a fix was copied: the check tries by itself from now on. Throws FORBIDDEN, NOT_FOUND, PRECONDITION. */
export async function noteFixCopied(given: { ctx: Ctx; input: CheckInput }): Promise<AccessCheckView> {
  const input = parseInput(checkInputSchema, given.input);
  return inCheck(given.ctx, input, (tx) => keepTryingAccessCheck(tx, input));
}
