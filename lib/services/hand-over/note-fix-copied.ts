import {
  type HandOverCheckInput,
  type HandOverPageInput,
  handOverCheckSchema,
} from '@/lib/domain/hand-over/input';
import { parseInput } from '@/lib/domain/parse-input';
import { keepTryingAccessCheck } from '@/lib/services/access-check/keep-trying';
import type { AnonymousCtx } from '@/lib/services/context';
import { onOpenQuestion } from './on-open-question';

/**
 * Says that a fix was copied from a link's page: from now on the check tries by itself. It is not counted, for it is
 * bounded already. Throws NOT_FOUND, PRECONDITION.
 */
export async function noteHandOverFixCopied(given: {
  ctx: AnonymousCtx;
  page: HandOverPageInput;
  input: HandOverCheckInput;
}): Promise<void> {
  const { ctx, page } = given;
  await onOpenQuestion(ctx.db, page, (tx, { routing }) => {
    const { checkId } = parseInput(handOverCheckSchema, given.input);
    return keepTryingAccessCheck(tx, { routingId: routing.id, checkId });
  });
}
