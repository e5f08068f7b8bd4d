'use client';

import { useEffect, useRef, useState } from 'react';
import type { LiveMessage } from '@/lib/domain/live/pulse';

const NO_NEWS_MS = 10_000;
const LOOK_MS = 1_000;
/** The browser reconnects by itself except after a refusal, which is not final: a server may be starting. */
const REOPEN_MS = 3_000;

interface LiveStream {
  readonly message: LiveMessage | null;
  readonly isOverdue: boolean;
}

/** Listens while the tab is seen and `isPaused` is not set. `onEnd`: the server will not answer this reader again. */
export function useLiveStream(ids: string, isPaused: boolean, onEnd: () => void): LiveStream {
  const [message, setMessage] = useState<LiveMessage | null>(null);
  const [isOverdue, setOverdue] = useState(false);
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  }, [onEnd]);

  useEffect(() => {
    if (isPaused) return;
    const listener = listen(`/api/live?ids=${ids}`, {
      onMessage: setMessage,
      onOverdue: setOverdue,
      onEnd: () => end.current(),
    });
    return listener.close;
  }, [ids, isPaused]);

  return { message, isOverdue };
}

interface Handlers {
  readonly onMessage: (message: LiveMessage) => void;
  readonly onOverdue: (isOverdue: boolean) => void;
  readonly onEnd: () => void;
}

function listen(address: string, { onMessage, onOverdue, onEnd }: Handlers): { close: () => void } {
  let source: EventSource | null = null;
  let newsAtMs = performance.now();
  let closedAtMs: number | null = null;
  const close = () => {
    source?.close();
    source = null;
  };
  const open = () => {
    closedAtMs = null;
    source = new EventSource(address);
    source.onmessage = (event: MessageEvent<string>) => {
      newsAtMs = performance.now();
      onOverdue(false);
      onMessage(JSON.parse(event.data) as LiveMessage);
    };
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) closedAtMs ??= performance.now();
    };
    source.addEventListener('end', () => {
      close();
      onEnd();
    });
  };
  const look = () => {
    if (document.hidden) return;
    const nowMs = performance.now();
    onOverdue(nowMs - newsAtMs > NO_NEWS_MS);
    if (closedAtMs === null || nowMs - closedAtMs < REOPEN_MS) return;
    close();
    open();
  };
  // Browsers allow six connections to a host: a tab that nobody sees gives its one back.
  const onVisibility = () => {
    close();
    if (document.hidden) return;
    newsAtMs = performance.now();
    open();
  };
  onVisibility();
  document.addEventListener('visibilitychange', onVisibility);
  const timer = setInterval(look, LOOK_MS);
  return {
    close: () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisibility);
      close();
    },
  };
}
