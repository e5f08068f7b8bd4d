'use client';

import Link from 'next/link';
import { HOUR_DISPLAY } from '@/components/hours/hour-display';
import { HourMark } from '@/components/hours/hour-mark';
import { HourTotals } from '@/components/hours/hour-totals';
import type { LatestHour } from '@/components/hours/latest-hours';
import { useTimeFormat } from '@/components/time/time-zone-provider';
import { shortHour } from '@/lib/domain/hour/hour-input';

interface HourStripProps {
  readonly routingId: string;
  readonly hours: readonly LatestHour[];
}

/** One sign an hour, oldest first, each a way to its files; then what the signs mean and how many there are of each. */
export function HourStrip({ routingId, hours }: HourStripProps) {
  const time = useTimeFormat();
  return (
    <div className="rounded-card border border-border bg-surface p-4">
      <ol aria-label="Hours" className="grid grid-cols-8 gap-y-2 sm:grid-cols-12 lg:grid-cols-24">
        {hours.map(({ hour, state }) => {
          const at = new Date(hour);
          const name = `${time.minute(at, at)}: ${HOUR_DISPLAY[state].word}`;
          return (
            <li key={hour} className="flex justify-center">
              <Link
                href={`/routings/${routingId}/files?hour=${shortHour(at)}`}
                prefetch={false}
                title={name}
                aria-label={name}
                className="flex min-w-8 flex-col items-center gap-1 rounded-control py-1 text-muted text-xs tabular-nums hover:bg-raised pointer-coarse:min-w-9"
              >
                <HourMark state={state} />
                {time.hourMinute(at).slice(0, 2)}
              </Link>
            </li>
          );
        })}
      </ol>
      <HourTotals hours={hours} />
    </div>
  );
}
