import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCountOf } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import type { TimeFormat } from '@/lib/domain/format/time-format';
import type { Mover, RoutingLabel } from '@/lib/domain/routing/label';
import type { RoutingView } from '@/lib/domain/routing/view';

interface VerdictFacts
  extends Pick<
    RoutingView,
    | 'freshnessMs'
    | 'pendingRows'
    | 'pendingBytes'
    | 'promiseSeconds'
    | 'stateSince'
    | 'keptUntil'
    | 'recentGaps'
    | 'drainUntil'
  > {
  readonly whoseMove: Mover;
}

interface VerdictReader {
  /** A customer's data is "your data" to the customer only. */
  readonly isCustomer: boolean;
  readonly time: TimeFormat;
  readonly now: Date;
}

/** The one sentence that answers "is it fine?", in the words of the label it stands under. */
export function verdictSentence(label: RoutingLabel, facts: VerdictFacts, reader: VerdictReader): string {
  switch (label) {
    case 'draft':
      return 'Not started yet: its access has still to be checked.';
    case 'awaiting_customer':
      return reader.isCustomer
        ? 'Waiting for you to give access to the bucket.'
        : 'Waiting for the customer to give access to the bucket.';
    case 'verifying':
      return 'Checking that the access to the bucket works.';
    case 'verification_failed':
      return 'The access to the bucket does not work yet.';
    case 'verified':
      return 'The access works: it can be started.';
    case 'starting':
      return facts.pendingRows === 0
        ? 'Started: it delivers with the first event that arrives.'
        : `The first file is on its way: ${amount(facts)}.`;
    case 'pausing':
      return 'No new file is started; one in flight may still finish.';
    case 'resuming':
      return facts.pendingRows === 0 ? 'Picking up again.' : `Picking up again: ${amount(facts)} to deliver.`;
    case 'draining':
      return endingSentence(facts, reader);
    case 'paused':
      return `Delivery is paused. ${heldSentence(facts, reader)}`;
    case 'delivering':
    case 'idle':
      return freshnessSentence(facts, reader);
    case 'late':
      return `${freshnessSentence(facts, reader)}${facts.recentGaps === null ? ' Nothing is lost.' : ''}`;
    case 'failing':
      return `Uploads fail and are tried again. ${heldSentence(facts, reader)}`;
    case 'blocked':
      return `${refusal(facts, reader)} ${heldSentence(facts, reader)}`;
    case 'unknown':
      return 'Nobody has measured for a minute. What is accepted stays stored.';
    case 'disabled':
      return facts.recentGaps === null
        ? 'Disabled: nothing more is delivered.'
        : 'Disabled: what was left undelivered is recorded as a gap. Nothing more is delivered.';
    case 'archived':
      return 'Archived: its credentials are destroyed, its history is kept.';
  }
}

function refusal({ whoseMove, stateSince }: VerdictFacts, { time, now }: VerdictReader): string {
  const since = time.minute(new Date(stateSince), now);
  return whoseMove === 'us' ? `Delivery stands still since ${since}.` : `AWS refuses us since ${since}.`;
}

/** "Nothing is lost: 18,204 events (15 MB) held until 29 Nov 13:58 UTC." */
function heldSentence(facts: VerdictFacts, { time, now }: VerdictReader): string {
  if (facts.pendingRows === 0) return 'Nothing is waiting.';
  const until = facts.keptUntil === null ? '' : ` until ${time.minute(new Date(facts.keptUntil), now)}`;
  const held = `${amount(facts)} (${formatBytes(facts.pendingBytes)}) held${until}.`;
  // What was lost is said beside it, with its hours: the sentence must not deny it.
  return facts.recentGaps === null ? `Nothing is lost: ${held}` : `Waiting: ${held}`;
}

/** Says before it happens what becomes of what is not delivered in time. */
function endingSentence(facts: VerdictFacts, { time, now }: VerdictReader): string {
  const until = facts.drainUntil === null ? null : new Date(facts.drainUntil);
  if (until === null || until > now) {
    const left =
      facts.pendingRows === 0 ? 'Everything is delivered.' : `Delivering what is left: ${amount(facts)}.`;
    if (until === null || facts.pendingRows === 0) return left;
    return `${left} What is not delivered by ${time.minute(until, now)} becomes a gap.`;
  }
  if (facts.pendingRows === 0) return 'Nothing more is sent.';
  return `Nothing more is sent: ${amount(facts)} become a gap once no upload is under way.`;
}

function amount({ pendingRows }: VerdictFacts): string {
  return formatCountOf(pendingRows, 'event');
}

function freshnessSentence(
  { freshnessMs, promiseSeconds }: VerdictFacts,
  { isCustomer }: VerdictReader,
): string {
  const whose = isCustomer ? 'your' : 'the';
  if (freshnessMs === null) return `Everything collected so far is in ${whose} bucket.`;
  const promiseMs = promiseSeconds * 1_000;
  const over = freshnessMs > promiseMs ? `, over the promise of ${formatDuration(promiseMs)}` : '';
  return `${isCustomer ? 'Your' : 'The'} newest data is ${formatDuration(freshnessMs)} old${over}.`;
}
