import type { RoutingView } from './view';

/** A routing as a row of the list: with what its last day was like; null when nothing was delivered in it. */
export interface ListedRouting extends RoutingView {
  readonly day: DayView | null;
}

/** The present UTC hour and the 23 before it. */
interface DayView {
  readonly rows: number;
  /** Rows that arrived within the promise. */
  readonly withinRows: number;
  /** Oldest first, always 24; null where nothing was delivered. */
  readonly hourlyP95: readonly (number | null)[];
  /** Some of it is made up for the demonstration. */
  readonly hasDemo: boolean;
}
