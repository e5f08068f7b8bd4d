import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/domain/time-units';

/** The windows that a page offers; each ends now. */
export const latencyRangeSchema = z.enum(['15m', '1h', '6h', '24h', '7d', '30d', '90d'], {
  error: 'Choose 15m, 1h, 6h, 24h, 7d, 30d or 90d.',
});
export type LatencyRange = z.infer<typeof latencyRangeSchema>;

export const DEFAULT_RANGE: LatencyRange = '24h';

/** Width of a range and of one of its points, ms; no range has more than 360 points. */
export const RANGE_SHAPE: Readonly<
  Record<LatencyRange, { readonly spanMs: number; readonly stepMs: number }>
> = {
  '15m': { spanMs: 15 * MINUTE_MS, stepMs: MINUTE_MS },
  '1h': { spanMs: HOUR_MS, stepMs: MINUTE_MS },
  '6h': { spanMs: 6 * HOUR_MS, stepMs: MINUTE_MS },
  '24h': { spanMs: DAY_MS, stepMs: 5 * MINUTE_MS },
  '7d': { spanMs: 7 * DAY_MS, stepMs: HOUR_MS },
  '30d': { spanMs: 30 * DAY_MS, stepMs: 3 * HOUR_MS },
  '90d': { spanMs: 90 * DAY_MS, stepMs: DAY_MS },
};

const SPAN_DAYS_MAX = 400;

function instantSchema(name: string) {
  return z.iso
    .datetime({ offset: true, error: `“${name}” must be an instant such as 2026-01-15T14:00:00Z.` })
    .transform((text) => Date.parse(text));
}

/** Which part of a routing's latency: a range that ends now (24h when nothing is said), or from … to. */
export const readLatencySchema = z
  .object({
    routingId: idSchema(),
    range: latencyRangeSchema.optional(),
    from: instantSchema('from').optional(),
    to: instantSchema('to').optional(),
  })
  .superRefine(({ range, from, to }, ctx) => {
    const refuse = (field: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: [field], message });
    if (from === undefined && to === undefined) return;
    if (range !== undefined) refuse('range', 'Give either a range, or “from” and “to”.');
    if (from === undefined) return refuse('from', 'Say where the range begins, too.');
    if (to === undefined) return refuse('to', 'Say where the range ends, too.');
    if (from >= to) return refuse('to', 'The range must end after it begins.');
    if (to - from > SPAN_DAYS_MAX * DAY_MS) refuse('to', `Ask for at most ${SPAN_DAYS_MAX} days at once.`);
  });

export type ReadLatencyInput =
  | { readonly routingId: string; readonly range?: LatencyRange }
  | { readonly routingId: string; readonly from: string; readonly to: string };
