import { type TimeFormat, timeFormat } from '@/lib/domain/format/time-format';
import { DAY_MS } from '@/lib/domain/time-units';

/** Days are folded at midnight UTC, so they have their name in UTC in every zone. */
const UTC = timeFormat('UTC');

/** One step of a range as people call it: "22 Nov 11:00–11:05", "22 Nov" for a day. */
export function stepName(atMs: number, stepMs: number, time: TimeFormat): string {
  const at = new Date(atMs);
  if (stepMs >= DAY_MS) return UTC.day(at);
  return `${time.day(at)} ${time.hourMinute(at)}–${time.hourMinute(new Date(atMs + stepMs))}`;
}

/** A step by its beginning, with no more of a date than the range needs: "11:04", "22 Nov 11:00", "22 Nov". */
export function stepStart(atMs: number, shape: { spanMs: number; stepMs: number }, time: TimeFormat): string {
  const at = new Date(atMs);
  if (shape.stepMs >= DAY_MS) return UTC.day(at);
  return shape.spanMs > DAY_MS ? `${time.day(at)} ${time.hourMinute(at)}` : time.hourMinute(at);
}
