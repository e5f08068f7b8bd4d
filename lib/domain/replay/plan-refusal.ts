import { RETENTION_DAYS } from '@/lib/domain/chunk/retention';
import { formatCount, formatCountOf } from '@/lib/domain/format/count';
import { formatUtcMinute } from '@/lib/domain/format/utc';
import { isUnstarted } from '@/lib/domain/routing/label';
import type { Lifecycle } from '@/lib/domain/routing/state';
import { hasEnded } from '@/lib/domain/routing/transition';
import type { ReplayPlan } from './view';

/** So many files are decided in one statement and carried out within hours. */
export const REPLAY_FILES_MAX = 50_000;

/** Why a routing cannot be replayed as it is now, and what to do; null when it can. */
export function routingRefusal(routing: {
  readonly lifecycle: Lifecycle;
  readonly hasAccess: boolean;
}): string | null {
  if (hasEnded(routing.lifecycle)) {
    return 'This routing has ended: nothing is written to its bucket any more, and nothing can be replayed.';
  }
  if (isUnstarted(routing.lifecycle))
    return 'This routing was never started, so there is nothing to replay yet.';
  if (!routing.hasAccess)
    return 'Nobody has entered access to the bucket. Enter it on the Connection page first.';
  return null;
}

/** Why this plan cannot be started, and what to do; null when it can. */
export function planRefusal(plan: ReplayPlan, now: Date): string | null {
  if (plan.files === 0) return nothingThere(plan);
  if (plan.files > REPLAY_FILES_MAX) {
    return `These are ${formatCountOf(plan.files, 'file')}. Choose a shorter range or fewer types: at most ${formatCount(REPLAY_FILES_MAX)} files are replayed at once.`;
  }
  if (plan.notKept.files === plan.files) {
    const none =
      plan.files === 1 ? 'The one file cannot' : `None of the ${formatCount(plan.files)} files can`;
    return `${none} be written again: events are kept for ${RETENTION_DAYS} days. ${worksFrom(plan, now)}`;
  }
  return null;
}

/** From when on a replay works, as a sentence of its own. */
export function worksFrom({ worksFrom: from }: Pick<ReplayPlan, 'worksFrom'>, now: Date): string {
  return from === null ? '' : `From ${formatUtcMinute(new Date(from), now)} on it works.`;
}

function nothingThere({ leftAlone }: ReplayPlan): string {
  if (leftAlone.pendingRows > 0) {
    return 'No file of this range has been delivered yet; delivery brings them by itself.';
  }
  return 'No file of this range was ever delivered. Choose hours in which there are files.';
}
