import { formatDuration } from '@/lib/domain/format/duration';
import type { RoutingView } from './view';

export type NextStepFacts = Pick<
  RoutingView,
  'label' | 'whoseMove' | 'stuckSince' | 'pendingRows' | 'drainMs'
>;

export interface StepReader {
  /** Customers are told their own moves as theirs. */
  readonly isCustomer: boolean;
}

/** The one short sentence of what happens next, for a row of a list. */
export function nextStep(view: NextStepFacts, reader: StepReader): string {
  if (view.stuckSince !== null) return reader.isCustomer ? 'We look into it' : 'Look why it is stuck';
  switch (view.label) {
    case 'draft':
      return 'Check its access';
    case 'awaiting_customer':
      return reader.isCustomer ? 'Enter access' : 'Waiting for customer';
    case 'verifying':
      return 'The check is running';
    case 'verification_failed':
    case 'blocked':
      return trouble(view, reader);
    case 'verified':
      return 'Confirm account';
    case 'starting':
      return view.pendingRows === 0 ? 'Waiting for the first event' : 'Nobody needs to act';
    case 'pausing':
    case 'resuming':
      return 'Nobody needs to act';
    case 'draining':
      return view.whoseMove === 'us' ? drains(view) : trouble(view, reader);
    case 'late':
      return drains(view);
    case 'failing':
      return view.whoseMove === 'customer' ? trouble(view, reader) : 'We try again by ourselves';
    case 'unknown':
      return reader.isCustomer ? 'We look into it' : 'Look at the workers';
    case 'paused':
      return 'Resume it';
    case 'delivering':
    case 'idle':
    case 'disabled':
    case 'archived':
      return 'Nobody needs to act';
  }
}

function trouble({ whoseMove }: NextStepFacts, { isCustomer }: StepReader): string {
  if (whoseMove === 'customer') return isCustomer ? 'Give access back' : 'Waiting for customer';
  if (whoseMove === 'aws') return 'Waiting for AWS';
  return isCustomer ? 'We look into it' : 'Look into it';
}

function drains({ drainMs }: NextStepFacts): string {
  return drainMs === null
    ? 'Drains by itself'
    : `Drains by itself, about ${formatDuration(roundUp(drainMs))}`;
}

/** Nobody knows it to the second. */
function roundUp(ms: number): number {
  const stepMs = ms < 60_000 ? 10_000 : 60_000;
  return Math.ceil(ms / stepMs) * stepMs;
}
