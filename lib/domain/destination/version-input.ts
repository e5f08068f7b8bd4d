import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { reasonSchema } from '@/lib/domain/routing/ending-input';

/** One version of a routing's destination, by its number. */
export const destinationVersionSchema = z.object({
  routingId: idSchema(),
  destinationVersion: z.coerce
    .number({ error: 'A version is a whole number.' })
    .int('A version is a whole number.')
    .min(1, 'Versions begin at 1.'),
});
export type DestinationVersionInput = z.input<typeof destinationVersionSchema>;

/** The access of a version is in hands it must not be in: no version uses it again. */
export const markCompromisedSchema = destinationVersionSchema.extend({ reason: reasonSchema });
export type MarkCompromisedInput = z.input<typeof markCompromisedSchema>;
