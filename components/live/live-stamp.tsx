'use client';

import { Pause, Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { formatUtcClock } from '@/lib/domain/format/utc';

const REFRESH_MS = 2_500;
const NO_NEWS_MS = 10_000;
const PROBE_DEADLINE_MS = 4_000;

/** Says of when the page is, and renews it by itself until the reader pauses it. */
export function LiveStamp({ asOf }: { readonly asOf: string }) {
  const [isPaused, setPaused] = useState(false);
  const isOverdue = useRefresh(asOf, isPaused);
  const clock = formatUtcClock(new Date(asOf));
  return (
    <span className="flex items-center gap-1">
      <span
        data-testid="live-stamp"
        className={cn('whitespace-nowrap tabular-nums', isOverdue && !isPaused && 'text-warn')}
      >
        <span className="hidden sm:inline">{isPaused ? 'paused at ' : isOverdue ? '' : 'as of '}</span>
        {clock}
        {isOverdue && !isPaused ? ', reconnecting' : null}
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

/** Renews the page every few seconds; true when no news has come for too long. */
function useRefresh(asOf: string, isPaused: boolean): boolean {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [isOverdue, setOverdue] = useState(false);
  const state = useRef({ asOf, newsAtMs: 0, isBusy: false });

  useEffect(() => {
    state.current = { asOf, newsAtMs: performance.now(), isBusy: isPending };
    setOverdue(false);
  }, [asOf, isPending]);

  useEffect(() => {
    if (isPaused) return;
    state.current.newsAtMs = performance.now();
    const tick = async () => {
      if (document.hidden) {
        state.current.newsAtMs = performance.now();
        return;
      }
      setOverdue(performance.now() - state.current.newsAtMs > NO_NEWS_MS);
      if (state.current.isBusy) return;
      state.current.isBusy = true;
      const canRefresh = await isReady();
      state.current.isBusy = false;
      if (canRefresh) startTransition(() => router.refresh());
    };
    const timer = setInterval(() => void tick(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [isPaused, router]);

  return isOverdue;
}

/** A refresh that fails replaces what the reader sees by an error: ask first whether one can work. */
async function isReady(): Promise<boolean> {
  try {
    const answer = await fetch('/api/ready', {
      cache: 'no-store',
      signal: AbortSignal.timeout(PROBE_DEADLINE_MS),
    });
    return answer.ok;
  } catch {
    return false;
  }
}
