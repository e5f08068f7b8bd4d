import type { Lifecycle } from '@/lib/domain/routing/state';

/** What the writers report about a routing that is on its way from one state to another. */
export interface WriterReport {
  /** A PUT was marked and has not ended. */
  readonly hasOpenAttempt: boolean;
  /** Some file of the routing was confirmed at least once. */
  readonly hasDelivered: boolean;
  /** Some lane has not come to its end, or still runs. */
  readonly hasLeft: boolean;
}

/**
 * The lifecycle that the writers settle on, or null while there is nothing to settle: pausing ends when no PUT can
 * be in flight, starting with the first confirmed PUT, resuming at once, draining when every lane stands at its
 * end and no PUT can be in flight.
 */
export function settleLifecycle(lifecycle: Lifecycle, report: WriterReport): Lifecycle | null {
  switch (lifecycle) {
    case 'pausing':
      return report.hasOpenAttempt ? null : 'paused';
    case 'starting':
      return report.hasDelivered ? 'active' : null;
    case 'resuming':
      return report.hasDelivered ? 'active' : 'starting';
    case 'draining':
      return report.hasOpenAttempt || report.hasLeft ? null : 'disabled';
    default:
      return null;
  }
}
