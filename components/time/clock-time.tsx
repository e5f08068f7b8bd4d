'use client';

import { useTimeFormat } from './time-zone-provider';

/** A moment to the second: with its day, or only the time of day where the day is said elsewhere. */
export function ClockTime({ at, isFull = false }: { readonly at: Date; readonly isFull?: boolean }) {
  const format = useTimeFormat();
  return (
    <time dateTime={at.toISOString()} title={format.both(at)} className="whitespace-nowrap">
      {isFull ? format.exact(at) : format.clock(at)}
    </time>
  );
}
