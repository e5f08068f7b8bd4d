import { formatAge } from '@/lib/domain/format/duration';
import type { RoutingView } from '@/lib/domain/routing/view';

const USUAL_MS = 15_000;

/** What to say of a change of state that is not done yet; null while it takes no longer than it usually does. */
export function slowNote(
  { label, stateSince, stuckSince }: Pick<RoutingView, 'label' | 'stateSince' | 'stuckSince'>,
  now: Date,
): string | null {
  const ageMs = (since: string) => now.getTime() - Date.parse(since);
  if (stuckSince !== null)
    return `stuck for ${formatAge(ageMs(stuckSince))}: our move, nothing is lost meanwhile.`;
  // Starting waits for the first event, however long that takes.
  const isAnswered = label === 'pausing' || label === 'resuming';
  if (!isAnswered || ageMs(stateSince) <= USUAL_MS) return null;
  return `Taking longer than usual: no writer has answered for ${formatAge(ageMs(stateSince))}.`;
}
