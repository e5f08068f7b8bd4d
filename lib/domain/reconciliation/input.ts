import { z } from 'zod';
import { hourSchema } from '@/lib/domain/hour/hour-input';
import { idSchema } from '@/lib/domain/id';
import { pageFields } from '@/lib/domain/page';
import { HOUR_MS } from '@/lib/domain/time-units';

const DAY_HOURS = 24;
const HOURS_MAX = 31 * DAY_HOURS;
/** What is compared when nobody says which hours. */
export const DEFAULT_HOURS = 7 * DAY_HOURS;

/** Every hour from `from` until before `to`; the last seven days when both are left out. */
export const startReconciliationSchema = z
  .object({ routingId: idSchema(), from: hourSchema.optional(), to: hourSchema.optional() })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), {
    path: ['to'],
    error: 'Give both ends of the range, or neither.',
  })
  .refine(({ from = '', to = '' }) => from === '' || from < to, {
    path: ['to'],
    error: 'The range must end after it begins.',
  })
  .refine(
    ({ from = '', to = '' }) => from === '' || Date.parse(to) - Date.parse(from) <= HOURS_MAX * HOUR_MS,
    {
      path: ['to'],
      error: 'Compare at most 31 days at once.',
    },
  );
export type StartReconciliationInput = z.input<typeof startReconciliationSchema>;

export const listReconciliationsSchema = z.object({ routingId: idSchema(), ...pageFields });
export type ListReconciliationsInput = z.input<typeof listReconciliationsSchema>;

export const readReconciliationSchema = z.object({
  routingId: idSchema(),
  reconciliationId: idSchema(),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, 'This cursor is not one we gave out.')
    .optional(),
  limit: pageFields.limit,
});
export type ReadReconciliationInput = z.input<typeof readReconciliationSchema>;
