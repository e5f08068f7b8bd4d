import { z } from 'zod';
import { dataTypeSchema } from '@/lib/domain/data-type';
import { idSchema } from '@/lib/domain/id';
import { HOUR_MS } from '@/lib/domain/time-units';

/** The longest range that is answered at once. */
const HOURS_MAX = 31 * 24;

const HOUR = /^(\d{4}-\d{2}-\d{2}T\d{2})(?::00(?::00(?:\.0{1,6})?)?(?:Z|\+00:00)?)?$/;
const NO_HOUR = 'Give the start of a UTC hour, like 2026-11-22T11 or 2026-11-22T11:00:00Z.';

/** The start of a UTC hour, in short or in full; answers with it in full. */
export const hourSchema = z.string(NO_HOUR).transform((text, issues) => {
  const short = HOUR.exec(text)?.[1];
  const at = new Date(`${short ?? ''}:00:00.000Z`);
  // 30 February and 24 o'clock parse as other hours than they say.
  if (short !== undefined && !Number.isNaN(at.getTime()) && shortHour(at) === short) return at.toISOString();
  issues.addIssue({ code: 'custom', message: NO_HOUR });
  return z.NEVER;
});

/** An hour as an address writes it: 2026-11-22T11. */
export function shortHour(at: Date): string {
  return at.toISOString().slice(0, 13);
}

/** Every hour from `from` until before `to`. */
export const listHoursSchema = z
  .object({ routingId: idSchema(), type: dataTypeSchema, from: hourSchema, to: hourSchema })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'The range must end after it begins.' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= HOURS_MAX * HOUR_MS, {
    path: ['to'],
    error: 'Ask for at most 31 days at once.',
  });
export type ListHoursInput = z.input<typeof listHoursSchema>;

export const readReceiptSchema = z.object({
  routingId: idSchema(),
  type: dataTypeSchema,
  hour: hourSchema,
});
export type ReadReceiptInput = z.input<typeof readReceiptSchema>;
