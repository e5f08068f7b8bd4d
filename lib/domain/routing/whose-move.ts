import { causeDisplay } from './cause-table';
import type { Mover, RoutingLabel } from './label';

/** Who has to act while a routing carries this label and no cause says otherwise. */
const MOVER_BY_LABEL: Readonly<Record<RoutingLabel, Mover>> = {
  draft: 'us',
  awaiting_customer: 'customer',
  verifying: 'us',
  verification_failed: 'customer',
  verified: 'us',
  starting: 'us',
  pausing: 'us',
  resuming: 'us',
  draining: 'us',
  delivering: 'nobody',
  late: 'us',
  failing: 'us',
  blocked: 'customer',
  idle: 'nobody',
  unknown: 'us',
  paused: 'whoever_paused',
  disabled: 'nobody',
  archived: 'nobody',
};

/** Where what stands in the way decides who has to act. */
const HELD_UP: readonly RoutingLabel[] = ['blocked', 'failing', 'late', 'draining'];

/** Whose move a routing is; `cause` is its health cause, a word of delivery's fault table or an S3 error code. */
export function whoseMove(label: RoutingLabel, cause: string | null): Mover {
  return cause === null || !HELD_UP.includes(label) ? MOVER_BY_LABEL[label] : causeDisplay(cause).mover;
}
