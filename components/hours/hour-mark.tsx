import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import type { HourState } from '@/lib/domain/hour/view';
import { HOUR_DISPLAY } from './hour-display';

/** Drawn, not typed: fonts disagree about the size and place of such signs. */
const SIGN: Readonly<Record<HourState, ReactNode>> = {
  complete: <circle cx="8" cy="8" r="5" fill="currentColor" />,
  late: (
    <>
      <circle cx="8" cy="8" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 3.5a4.5 4.5 0 0 0 0 9z" fill="currentColor" />
    </>
  ),
  open: <circle cx="8" cy="8" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  missing: <path d="M6.9 2.5h2.2l-.4 7H7.3zM6.9 11.2h2.2v2.3H6.9z" fill="currentColor" />,
  gap: (
    <>
      <rect x="1" y="1" width="14" height="14" rx="3" className="fill-bad-solid" />
      <path d="m5 5 6 6m0-6-6 6" stroke="white" strokeWidth="1.75" strokeLinecap="round" />
    </>
  ),
  quiet: <circle cx="8" cy="8" r="1.5" fill="currentColor" />,
  held: (
    <>
      <rect
        x="3"
        y="3"
        width="10"
        height="10"
        rx="1.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
      />
      <path d="m3.5 8.5 5-5m-5 9 9-9m-5 9 5-5" stroke="currentColor" strokeWidth="1.25" />
    </>
  ),
  unknown: <path d="M5.5 8h5" stroke="currentColor" strokeWidth="1.25" strokeLinecap="round" />,
};

/** The sign of a state; its word stands beside it or in the name of what holds it. */
export function HourMark({ state, className }: { readonly state: HourState; readonly className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      className={cn('size-4 shrink-0', HOUR_DISPLAY[state].tone, className)}
    >
      {SIGN[state]}
    </svg>
  );
}
