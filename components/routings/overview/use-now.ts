'use client';

import { useEffect, useState } from 'react';

/** The server's clock, going on in the browser: starts with what the page was rendered at, so both write the same. */
export function useNow(rendered: Date, everyMs = 1_000): Date {
  const renderedMs = rendered.getTime();
  const [nowMs, setNowMs] = useState(renderedMs);
  useEffect(() => {
    const startedAt = performance.now();
    setNowMs(renderedMs);
    const timer = setInterval(() => setNowMs(renderedMs + performance.now() - startedAt), everyMs);
    return () => clearInterval(timer);
  }, [renderedMs, everyMs]);
  return new Date(nowMs);
}
