import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';

const REASON_MAX = 500;
const HOUR_MINUTES = 60;

/** Why a routing ends: kept in the audit, in its history and in every gap that comes of it. */
export const reasonSchema = z
  .string({ error: 'Give a reason: it is kept in the audit.' })
  .trim()
  .min(3, 'Give a reason: it is kept in the audit.')
  .max(REASON_MAX, `A reason has at most ${REASON_MAX} characters.`);

/** What becomes of undelivered events: they are delivered until a deadline, or recorded as a gap at once. */
export const endingModeSchema = z.enum(['drain', 'discard'], {
  error: 'Say what becomes of undelivered events: drain, or discard.',
});
export type EndingMode = z.infer<typeof endingModeSchema>;

const DRAIN_MINUTES = 'The deadline is a whole number of minutes, at least 1.';

/** Ends a routing. `drainMinutes` is at most the routing's retention; left out it is `defaultDrainMinutes`. */
export const disableRoutingSchema = z
  .object({
    routingId: idSchema(),
    mode: endingModeSchema,
    drainMinutes: z.coerce
      .number({ error: DRAIN_MINUTES })
      .int(DRAIN_MINUTES)
      .min(1, DRAIN_MINUTES)
      .optional(),
    reason: reasonSchema,
  })
  .refine(({ mode, drainMinutes }) => mode === 'drain' || drainMinutes === undefined, {
    path: ['drainMinutes'],
    error: 'What is discarded has no deadline: leave it out.',
  });
export type DisableRoutingInput = z.input<typeof disableRoutingSchema>;

/** Destroys a routing's credentials. Cannot be undone, so its name is said as well. */
export const archiveRoutingSchema = z.object({
  routingId: idSchema(),
  name: z.string({ error: 'Type the name of the routing.' }).trim().min(1, 'Type the name of the routing.'),
  reason: reasonSchema,
});
export type ArchiveRoutingInput = z.input<typeof archiveRoutingSchema>;

/** A day: time for somebody to repair an access that is broken; never longer than undelivered events are kept. */
export function defaultDrainMinutes(retentionHours: number): number {
  return Math.min(24, retentionHours) * HOUR_MINUTES;
}

/** What is wrong with a deadline, or null. */
export function drainFault(drainMinutes: number, retentionHours: number): string | null {
  if (drainMinutes <= retentionHours * HOUR_MINUTES) return null;
  return `Undelivered events are kept for ${retentionHours} hours: the deadline cannot be later than that.`;
}
