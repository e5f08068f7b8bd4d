'use client';

import { Pause, Play } from 'lucide-react';
import { ClockTime } from '@/components/time/clock-time';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { type LiveStatus, useLive } from './live-context';

const BEFORE: Readonly<Record<LiveStatus, string>> = {
  live: 'live ',
  reconnecting: '',
  paused: 'paused at ',
};

/** Says of when the figures are and whether more come, and lets the reader freeze them. */
export function LiveStamp() {
  const { status, asOf, setPaused } = useLive();
  const isPaused = status === 'paused';
  return (
    <span className="flex items-center gap-1">
      <span
        data-testid="live-stamp"
        data-status={status}
        className={cn(
          'flex items-center gap-1.5 whitespace-nowrap tabular-nums',
          status === 'reconnecting' && 'text-warn',
        )}
      >
        {status === 'live' ? (
          <span aria-hidden className="size-2 shrink-0 rounded-full bg-good max-sm:hidden" />
        ) : null}
        <span>
          <span className={cn(status === 'live' && 'max-sm:sr-only')}>{BEFORE[status]}</span>
          <ClockTime at={new Date(asOf)} />
          {status === 'reconnecting' ? ', reconnecting' : null}
        </span>
      </span>
      <Button
        variant="quiet"
        size="icon"
        aria-label={isPaused ? 'Continue refreshing' : 'Pause refreshing'}
        onClick={() => setPaused(!isPaused)}
      >
        {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
      </Button>
    </span>
  );
}
