'use client';

import { type KeyboardEvent, useCallback, useState } from 'react';
import { type ChartCursor, moveCursor, NO_CURSOR } from './chart-cursor';

interface CursorHandle {
  readonly cursor: ChartCursor;
  /** Follows the pointer: the step that holds this moment, or none. */
  readonly point: (ms: number | null) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** One cursor for all plots of a page; `steps` are the beginnings of the steps that are shown. */
export function useChartCursor(steps: readonly number[], stepMs: number): CursorHandle {
  const [cursor, setCursor] = useState(NO_CURSOR);
  const point = useCallback(
    (ms: number | null) => {
      const atMs = ms === null ? null : (steps.findLast((step) => step <= ms && ms < step + stepMs) ?? null);
      setCursor((before) =>
        before.atMs === atMs && !before.isByKey ? before : { ...before, atMs, isByKey: false },
      );
    },
    [steps, stepMs],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const moved = moveCursor(cursor, event.key, steps);
    if (moved === null) return;
    event.preventDefault();
    setCursor(moved);
  };
  return { cursor, point, onKeyDown };
}
