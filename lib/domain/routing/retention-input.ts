import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';

/** A day at least: nobody repairs an access in less. The log keeps chunks for seven days. */
export const RETENTION_HOURS = { min: 24, max: 168 } as const;

const RANGE = `Between ${RETENTION_HOURS.min} and ${RETENTION_HOURS.max} hours: the log keeps events for seven days.`;

/** How long a routing holds what it cannot deliver; `acceptsLoss` where something is older than that already. */
export const setRetentionSchema = z.object({
  routingId: idSchema(),
  retentionHours: z.coerce
    .number({ error: RANGE })
    .int('A whole number of hours.')
    .min(RETENTION_HOURS.min, RANGE)
    .max(RETENTION_HOURS.max, RANGE),
  acceptsLoss: z.boolean({ error: 'acceptsLoss is true or false.' }).default(false),
});
export type SetRetentionInput = z.input<typeof setRetentionSchema>;
