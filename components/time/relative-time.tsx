'use client';

import { formatAge } from '@/lib/domain/format/duration';
import { useTimeFormat } from './time-zone-provider';

interface RelativeTimeProps {
  readonly at: Date;
  readonly now: Date;
  /** What follows the age: "2 min ago", or nothing where the column says it. */
  readonly suffix?: string;
}

/** An age for the eye; the exact moment on hover and for screen readers. */
export function RelativeTime({ at, now, suffix = ' ago' }: RelativeTimeProps) {
  const format = useTimeFormat();
  return (
    <time dateTime={at.toISOString()} title={format.both(at)} className="whitespace-nowrap">
      <span aria-hidden>
        {formatAge(now.getTime() - at.getTime())}
        {suffix}
      </span>
      <span className="sr-only">{format.exact(at)}</span>
    </time>
  );
}
