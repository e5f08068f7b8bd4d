import { formatCountOf } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import type { RoutingLabel } from '@/lib/domain/routing/label';
import type { RoutingView } from '@/lib/domain/routing/view';

export type VerdictFacts = Pick<RoutingView, 'freshnessMs' | 'pendingRows' | 'promiseSeconds'>;

/** The one sentence that answers "is it fine?", in the words of the label it stands under. */
export function verdictSentence(label: RoutingLabel, facts: VerdictFacts): string {
  switch (label) {
    case 'draft':
      return 'Not started yet: nothing is delivered until somebody starts it.';
    case 'awaiting_customer':
      return 'Waiting for the customer to give access to the bucket.';
    case 'verifying':
      return 'Checking that the access to the bucket works.';
    case 'verification_failed':
      return 'The access to the bucket does not work yet.';
    case 'verified':
      return 'The access works: it can be started.';
    case 'starting':
      return facts.pendingRows === 0
        ? 'Started: it delivers with the first event that arrives.'
        : `The first file is on its way: ${held(facts)}.`;
    case 'pausing':
      return 'No new file is started; one in flight may still finish.';
    case 'resuming':
      return facts.pendingRows === 0 ? 'Picking up again.' : `Picking up again: ${held(facts)} to deliver.`;
    case 'draining':
      return `Delivering what is left: ${held(facts)}.`;
    case 'paused':
      return facts.pendingRows === 0
        ? 'Delivery is paused. Nothing is waiting.'
        : `Delivery is paused. Nothing is lost: ${held(facts)} held until it is resumed.`;
    case 'delivering':
    case 'idle':
      return freshnessSentence(facts);
    case 'late':
      return `${freshnessSentence(facts)} Nothing is lost.`;
    case 'failing':
      return `Uploads fail and are tried again. Nothing is lost: ${held(facts)} held.`;
    case 'blocked':
      return `The bucket refuses us. Nothing is lost: ${held(facts)} held.`;
    case 'unknown':
      return 'There are no measurements yet.';
    case 'disabled':
      return 'Switched off: nothing is delivered.';
    case 'archived':
      return 'Archived: its access is destroyed, its history is kept.';
  }
}

function held({ pendingRows }: VerdictFacts): string {
  return formatCountOf(pendingRows, 'event');
}

function freshnessSentence({ freshnessMs, promiseSeconds }: VerdictFacts): string {
  if (freshnessMs === null) return 'Everything collected so far has been delivered.';
  const promiseMs = promiseSeconds * 1_000;
  const side = freshnessMs > promiseMs ? 'over' : 'within';
  return `The oldest undelivered event is ${formatDuration(freshnessMs)} old, ${side} the promise of ${formatDuration(promiseMs)}.`;
}
