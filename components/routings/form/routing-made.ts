import type { MadeLink } from '@/components/hand-over/create-link-dialog';

/** What came of the form of a new routing. */
export interface RoutingMade {
  readonly id: string;
  /** Its hand-over link, shown this once; null where keys came with the routing. */
  readonly link: MadeLink | null;
}
