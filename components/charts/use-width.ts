'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';

/** The width of an element in px as it is now; null until it is known. */
export function useWidth<T extends HTMLElement>(): readonly [RefObject<T | null>, number | null] {
  const element = useRef<T | null>(null);
  const [widthPx, setWidthPx] = useState<number | null>(null);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidthPx(Math.round(entry.contentRect.width));
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [element, widthPx];
}
