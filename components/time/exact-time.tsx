import { formatUtcExact, formatUtcMinute } from '@/lib/domain/format/utc';

/** A moment to the minute; to the second on hover. */
export function ExactTime({ at, now }: { readonly at: Date; readonly now: Date }) {
  return (
    <time dateTime={at.toISOString()} title={formatUtcExact(at)} className="whitespace-nowrap">
      {formatUtcMinute(at, now)}
    </time>
  );
}
