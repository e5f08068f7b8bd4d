import { formatAge } from '@/lib/domain/format/duration';
import { formatUtcExact } from '@/lib/domain/format/utc';

interface RelativeTimeProps {
  readonly at: Date;
  readonly now: Date;
  /** What follows the age: "2 min ago", or nothing where the column says it. */
  readonly suffix?: string;
}

/** An age for the eye; the exact UTC moment on hover and for screen readers. */
export function RelativeTime({ at, now, suffix = ' ago' }: RelativeTimeProps) {
  const exact = formatUtcExact(at);
  return (
    <time dateTime={at.toISOString()} title={exact} className="whitespace-nowrap">
      <span aria-hidden>
        {formatAge(now.getTime() - at.getTime())}
        {suffix}
      </span>
      <span className="sr-only">{exact}</span>
    </time>
  );
}
