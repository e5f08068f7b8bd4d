'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState, useTransition } from 'react';
import { LiveContext } from './live-context';
import { useLiveStream } from './use-live-stream';

interface LiveProviderProps {
  /** What the page is about; at most a hundred. */
  readonly routingIds: readonly string[];
  /** When the page was rendered, and of which revision. */
  readonly asOf: string;
  readonly revision: string;
  /** Renders anew this often even when the revision stays: charts move on, and so do pages without routings. */
  readonly refreshEveryMs?: number;
  readonly children: ReactNode;
}

const REFRESH_EVERY_MS = 60_000;
/** A list of many routings changes all the time: a page is not rendered anew more often than this. */
const REFRESH_AT_MOST_EVERY_MS = 3_000;
/** The latency of a file is folded into the charts by a worker, seconds after the file: a change is looked at twice. */
const LOOK_AGAIN_MS = 6_000;

/** Keeps a page up to date: figures by server-sent events, everything else by rendering it anew when it changed. */
export function LiveProvider(props: LiveProviderProps) {
  const { routingIds, asOf, revision, refreshEveryMs = REFRESH_EVERY_MS, children } = props;
  const router = useRouter();
  const [isPaused, setPaused] = useState(false);
  const [isPending, startTransition] = useTransition();
  const refresh = useCallback(() => startTransition(() => router.refresh()), [router]);
  const { message, isOverdue } = useLiveStream(routingIds.join(','), isPaused, refresh);
  const rendered = useRef({ asOf: '', revision: '', atMs: 0, isNew: false });

  useEffect(() => {
    const isNew = rendered.current.revision !== revision;
    rendered.current = { asOf, revision, atMs: performance.now(), isNew };
  }, [asOf, revision]);

  useEffect(() => {
    if (message === null || isPaused || isPending) return;
    const ageMs = performance.now() - rendered.current.atMs;
    const isChanged = message.revision !== revision && ageMs >= REFRESH_AT_MOST_EVERY_MS;
    const isDue =
      ageMs >= (rendered.current.isNew ? Math.min(LOOK_AGAIN_MS, refreshEveryMs) : refreshEveryMs);
    if (isChanged || isDue) refresh();
  }, [message, revision, isPaused, isPending, refresh, refreshEveryMs]);

  const live = useMemo(() => {
    const isNewer = message !== null && message.asOf > asOf;
    const pulses = new Map(isNewer ? message.routings.map((pulse) => [pulse.id, pulse]) : []);
    const status = isPaused ? 'paused' : isOverdue ? 'reconnecting' : 'live';
    return {
      status,
      asOf: isNewer ? message.asOf : asOf,
      pulseOf: (routingId: string) => pulses.get(routingId),
      setPaused,
    } as const;
  }, [message, asOf, isPaused, isOverdue]);

  return <LiveContext value={live}>{children}</LiveContext>;
}
