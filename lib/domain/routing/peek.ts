import type { RoutingView, TriesView } from './view';

/** What the side panel of the list shows of one routing. */
export interface PeekView {
  /** When it was read. */
  readonly asOf: string;
  readonly routing: RoutingView;
  readonly tries: TriesView;
}
