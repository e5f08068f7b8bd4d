import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { planRefusal } from '@/lib/domain/replay/plan-refusal';
import { type StartReplayInput, startReplaySchema } from '@/lib/domain/replay/replay-input';
import type { ReplayView } from '@/lib/domain/replay/view';
import type { Ctx } from '@/lib/services/context';
import { insertReplay } from './insert';
import { planReplay } from './plan';

/**
 * Decides a replay file by file and hands it to the workers. Throws FORBIDDEN, VALIDATION, NOT_FOUND, PRECONDITION with
 * what to do where nothing can be written, and CONFLICT while another replay of the routing runs.
 */
export async function startReplay(given: { ctx: Ctx; input: StartReplayInput }): Promise<ReplayView> {
  const { ctx } = given;
  // The verb that plans asks for the permission.
  const plan = await planReplay({ ctx, input: given.input });
  const { reason, routingId } = parseInput(startReplaySchema, given.input);
  const refusal = planRefusal(plan, new Date());
  if (refusal !== null) throw new AppError('PRECONDITION', refusal);
  return insertReplay(ctx, {
    routingId,
    plan,
    mode: plan.mode,
    reason: reason === undefined || reason === '' ? null : reason,
  });
}
