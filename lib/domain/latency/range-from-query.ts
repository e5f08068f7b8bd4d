import { z } from 'zod';
import { DEFAULT_RANGE, type LatencyRange, latencyRangeSchema } from './range';

export type RangeChoice = { readonly range: LatencyRange } | { readonly from: string; readonly to: string };

export interface RangeFromQuery {
  readonly choice: RangeChoice;
  /** What stood in the fields, as the browser's date fields write it: "2026-11-22T11:00". */
  readonly fields: { readonly from: string; readonly to: string };
  /** Why the fields are not followed; null when they are, or are empty. */
  readonly refusal: string | null;
}

const LONGEST_MS = 90 * 86_400_000;
const SHORTEST_MS = 60_000;

/** A moment in UTC with or without its zone and seconds: what a date field sends, or what a program writes. */
const momentSchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z?$/)
  .transform((text) => Date.parse(text.endsWith('Z') ? text : `${text}Z`))
  .refine((ms) => Number.isFinite(ms));

/** The range that the address asks for; what cannot be followed becomes the default, with the reason. */
export function rangeFromQuery(query: { range: string; from: string; to: string }): RangeFromQuery {
  const fields = { from: toField(query.from), to: toField(query.to) };
  if (query.from === '' && query.to === '') {
    const range = latencyRangeSchema.safeParse(query.range);
    return { choice: { range: range.success ? range.data : DEFAULT_RANGE }, fields, refusal: null };
  }
  const from = momentSchema.safeParse(query.from);
  const to = momentSchema.safeParse(query.to);
  const refusal =
    from.success && to.success
      ? refuseSpan(from.data, to.data)
      : 'Give both ends of the range as a date and a time, in UTC.';
  if (refusal !== null || !from.success || !to.success) {
    return { choice: { range: DEFAULT_RANGE }, fields, refusal };
  }
  const choice = { from: new Date(from.data).toISOString(), to: new Date(to.data).toISOString() };
  return { choice, fields, refusal: null };
}

function refuseSpan(fromMs: number, toMs: number): string | null {
  if (toMs - fromMs < SHORTEST_MS) return 'The end of the range must be at least a minute after its start.';
  return toMs - fromMs > LONGEST_MS ? 'A range may cover 90 days at most.' : null;
}

function toField(text: string): string {
  return momentSchema.safeParse(text).success ? text.slice(0, 16) : '';
}
