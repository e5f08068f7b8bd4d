import {
  type HandOverCheckRowInput,
  type HandOverPageInput,
  handOverCheckRowSchema,
} from '@/lib/domain/hand-over/input';
import { parseInput } from '@/lib/domain/parse-input';
import { retestAccessCheckRow } from '@/lib/services/access-check/retest';
import type { AnonymousCtx } from '@/lib/services/context';
import { countCheck } from './count-check';
import { findOpenLink } from './lock-link';
import { onOpenQuestion } from './on-open-question';

/** Tries one row of the check that a link's page shows again. Throws NOT_FOUND, LIMIT, PRECONDITION. */
export async function retestHandOverRow(given: {
  ctx: AnonymousCtx;
  page: HandOverPageInput;
  input: HandOverCheckRowInput;
}): Promise<void> {
  const { ctx, page } = given;
  const { rootId } = await findOpenLink(ctx.db, page);
  const row = parseInput(handOverCheckRowSchema, given.input);
  await countCheck(ctx.db, rootId);
  await onOpenQuestion(ctx.db, page, (tx, { routing }) =>
    retestAccessCheckRow(tx, { ...row, routingId: routing.id }),
  );
}
