import { type TimeFormat, timeFormat } from '@/lib/domain/format/time-format';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/domain/time-units';

const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 30].map((days) => days * DAY_MS),
];

interface TimeTick {
  readonly ms: number;
  readonly text: string;
}

const UTC = timeFormat('UTC');

/** Round moments of UTC inside [fromMs, toMs], at most `ticksMax`; midnight shows its date instead of 00:00. */
export function timeTicks(
  span: { readonly fromMs: number; readonly toMs: number },
  ticksMax: number,
  time: TimeFormat,
): readonly TimeTick[] {
  const { fromMs, toMs } = span;
  const atMost = Math.max(1, ticksMax);
  const stepMs =
    STEPS_MS.find((step) => (toMs - fromMs) / step <= atMost) ?? Math.ceil((toMs - fromMs) / atMost);
  const ticks: TimeTick[] = [];
  for (let ms = Math.ceil(fromMs / stepMs) * stepMs; ms <= toMs && ticks.length < atMost; ms += stepMs) {
    ticks.push({ ms, text: tickText(new Date(ms), stepMs, time) });
  }
  return ticks;
}

function tickText(at: Date, stepMs: number, time: TimeFormat): string {
  if (stepMs >= DAY_MS) return UTC.day(at);
  const clock = time.hourMinute(at);
  return clock === '00:00' ? time.day(at) : clock;
}
