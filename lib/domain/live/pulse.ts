import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import type { RoutingLabel } from '@/lib/domain/routing/label';

/** What moves all the time on a screen about a routing. */
export interface RoutingPulse {
  readonly id: string;
  readonly label: RoutingLabel;
  readonly freshnessMs: number | null;
  readonly pendingRows: number;
  readonly pendingBytes: number;
  /** Until when the oldest undelivered line is kept at least; null when nothing is pending. */
  readonly keptUntil: string | null;
  readonly lastFileAt: string | null;
}

/** One message of the live stream. */
export interface LiveMessage {
  /** Database time of the figures. */
  readonly asOf: string;
  readonly routings: readonly RoutingPulse[];
  /** Another one than before means that more than figures changed: the page is worth rendering anew. */
  readonly revision: string;
}

/** At most one page of a list. */
export const LIVE_ROUTINGS_MAX = 100;

export const readPulsesSchema = z.object({
  routingIds: z.array(idSchema()).max(LIVE_ROUTINGS_MAX, `Ask for at most ${LIVE_ROUTINGS_MAX} routings.`),
});
export type ReadPulsesInput = z.input<typeof readPulsesSchema>;
