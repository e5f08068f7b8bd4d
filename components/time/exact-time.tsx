'use client';

import { useTimeFormat } from './time-zone-provider';

/** A moment to the minute; to the second, and in the other zone, on hover. */
export function ExactTime({ at, now }: { readonly at: Date; readonly now: Date }) {
  const format = useTimeFormat();
  return (
    <time dateTime={at.toISOString()} title={format.both(at)} className="whitespace-nowrap">
      {format.minute(at, now)}
    </time>
  );
}
