import { CLEAN_LOOKS_TO_CLEAR, LATE_AFTER_MS } from '@/lib/domain/delivery/judge-watch';
import { formatDuration } from '@/lib/domain/format/duration';
import type { Mover, RoutingLabel } from './label';
import type { Intent, Lifecycle } from './state';

/** The words in which `explainStatus` tells how a label came about. */

export const INTENT_WORDS: Readonly<Record<Intent, string>> = {
  run: 'It shall deliver.',
  pause: 'It shall stand still until somebody resumes it.',
  disable: 'It shall deliver nothing any more.',
};

export const LIFECYCLE_WORDS: Readonly<Record<Lifecycle, string>> = {
  draft: 'Draft: it has never been started.',
  awaiting_customer: 'Waiting for access: it has no access keys yet.',
  verifying: 'Its access is being checked.',
  verified: 'Its access was checked and works.',
  verification_failed: 'Its access was checked and does not work.',
  starting: 'Started; it counts as active with its first confirmed file.',
  active: 'Active: at least one file is confirmed.',
  pausing: 'On its way to a pause: nothing new begins, what is in flight may end.',
  paused: 'Paused: nothing is in flight.',
  resuming: 'On its way back from a pause.',
  draining: 'On its way to an end: it delivers what is left.',
  disabled: 'Disabled: it has come to its end.',
  archived: 'Archived: its credentials are destroyed.',
};

/** Which rule made this label of the three. Sentences that name a span take it from the rule itself. */
export function ruleOf(label: RoutingLabel, promiseSeconds: number): string {
  const promise = formatDuration(promiseSeconds * 1_000);
  switch (label) {
    case 'blocked':
      return 'The store refuses for a reason that lasts, or three times over 20 s without one; or a file must be looked at. Blocked comes before everything but a pause.';
    case 'failing':
      return 'A first refusal is being confirmed, or at least half of the tries of the last 5 min failed.';
    case 'late':
      return `The oldest undelivered event has been older than the promise of ${promise} for ${formatDuration(LATE_AFTER_MS)}.`;
    case 'unknown':
      return 'Nobody has measured it for a minute. What is not measured is never shown as fine.';
    case 'idle':
      return 'Everything is delivered, and no event was accepted for 15 min.';
    case 'delivering':
      return `Files are confirmed, and no undelivered event is older than the promise of ${promise}.`;
    case 'starting':
    case 'verifying':
    case 'pausing':
    case 'resuming':
    case 'draining':
      return 'It is on its way from one state to another: that comes before how delivery goes.';
    case 'paused':
      return 'What is held on purpose is neither late nor blocked: a pause comes before both.';
    case 'draft':
    case 'awaiting_customer':
    case 'verified':
    case 'verification_failed':
      return 'It does not run yet: its place on the way is its status.';
    case 'disabled':
    case 'archived':
      return 'It has ended: that comes before everything else.';
  }
}

/** What has to happen for this label to go. */
export function wayOut(label: RoutingLabel): string {
  switch (label) {
    case 'draft':
      return 'Its access is checked.';
    case 'verified':
      return 'Somebody starts it.';
    case 'awaiting_customer':
      return 'Somebody enters its access keys.';
    case 'verifying':
      return 'The check ends.';
    case 'verification_failed':
      return 'The access is corrected and checked again.';
    case 'starting':
      return 'Its first file is confirmed.';
    case 'pausing':
      return 'The last file in flight is confirmed or given up.';
    case 'resuming':
      return 'A writer takes it up.';
    case 'draining':
      return 'The last event of before its end is delivered, or its deadline passes: what is left is a gap then.';
    case 'delivering':
      return 'A refusal, or events that stay longer than the promise.';
    case 'late':
      return `It is found within its promise at ${CLEAN_LOOKS_TO_CLEAR} looks in a row, 10 s apart.`;
    case 'failing':
      return 'The next confirmed file, or a refusal that is confirmed.';
    case 'blocked':
      return 'The next confirmed file. What is refused is tried again by itself; what must be looked at waits for a resume.';
    case 'idle':
      return 'The next event that is delivered.';
    case 'unknown':
      return 'The next look of a worker, within 10 s of its start.';
    case 'paused':
      return 'Somebody resumes it.';
    case 'disabled':
    case 'archived':
      return 'Nothing: it has ended.';
  }
}

/** An answer to “whose move?”, said to the reader. */
export function moveOf(mover: Mover, isCustomer: boolean): string {
  switch (mover) {
    case 'us':
      return 'Ours.';
    case 'customer':
      return isCustomer ? 'Yours.' : 'The customer’s.';
    case 'aws':
      return 'AWS’s; we go on trying meanwhile.';
    case 'whoever_paused':
      return 'That of whoever paused it.';
    case 'nobody':
      return 'Nobody needs to act.';
  }
}
