import { REPLAY_FILES_MAX } from '@/lib/domain/replay/plan-refusal';
import type { StartReplayInput } from '@/lib/domain/replay/replay-input';
import type { ReplayPlan, ReplayView } from '@/lib/domain/replay/view';
import type { Ctx } from '@/lib/services/context';
import { insertReplay } from './insert';
import { planReplay } from './plan';

export interface DryRun {
  readonly plan: ReplayPlan;
  /** Asks the bucket about every file and writes nothing; null where there is nothing to ask. */
  readonly look: ReplayView | null;
}

/**
 * The dry run of a replay: what the ledger knows, at once, and for a fill a look into the bucket, which a worker carries
 * out. A look that runs already gives way to a new one. Throws as `planReplay` does, and CONFLICT while a replay runs.
 */
export async function lookBeforeReplay(given: { ctx: Ctx; input: StartReplayInput }): Promise<DryRun> {
  const { ctx } = given;
  const plan = await planReplay(given);
  if (plan.mode === 'copy' || plan.files === 0 || plan.files > REPLAY_FILES_MAX) return { plan, look: null };
  const { routingId } = given.input;
  return { plan, look: await insertReplay(ctx, { routingId, plan, mode: 'look', reason: null }) };
}
