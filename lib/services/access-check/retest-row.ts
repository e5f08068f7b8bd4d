import {
  type AccessCheckView,
  type CheckRowInput,
  checkRowInputSchema,
} from '@/lib/domain/access-check/view';
import { parseInput } from '@/lib/domain/parse-input';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { inCheck } from './in-check';
import { retestAccessCheckRow } from './retest';

/** Tries one row of a routing's newest check again. Throws FORBIDDEN, NOT_FOUND, PRECONDITION for an older check. */
export async function retestRow(given: { ctx: Ctx; input: CheckRowInput }): Promise<AccessCheckView> {
  const { ctx } = given;
  const input = parseInput(checkRowInputSchema, given.input);
  const { routingId, checkId, step } = input;
  return inCheck(ctx, input, async (tx, organizationId) => {
    await retestAccessCheckRow(tx, input);
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'routing.retest_access',
      target: `routing:${routingId}`,
      detail: { checkId, row: step },
    });
  });
}
