'use client';

import { useMemo, useState } from 'react';
import { chartBands } from '@/components/charts/bands';
import type { ChartWindow } from '@/components/charts/chart-window';
import { LatencyDrawing } from '@/components/charts/latency-drawing';
import { useChartCursor } from '@/components/charts/use-chart-cursor';
import type { LatencyView } from '@/lib/domain/latency/view';
import type { SharedStatusView } from '@/lib/domain/share-link/view';

interface SharedLatencyProps {
  readonly latency: SharedStatusView['latency'];
  readonly flushIntervalMs: number;
}

/** The strip of statuses and the lines of the last 24 hours. */
export function SharedLatency({ latency, flushIntervalMs }: SharedLatencyProps) {
  const view = useMemo(() => toView(latency), [latency]);
  const bands = useMemo(() => chartBands({ ...view, flushIntervalMs }), [view, flushIntervalMs]);
  const [window, setWindow] = useState<ChartWindow>(null);
  const steps = useMemo(() => view.points.map(({ at }) => Date.parse(at)), [view]);
  const { cursor, point, onKeyDown } = useChartCursor(steps, view.stepMs);
  return (
    <section className="rounded-card border border-border bg-surface p-4 sm:p-6">
      <h2 className="mb-3 font-semibold text-md">Latency, last 24 hours</h2>
      <LatencyDrawing
        view={view}
        bands={bands}
        cursor={cursor}
        window={window}
        onWindow={setWindow}
        onPoint={point}
        onKeyDown={onKeyDown}
      />
    </section>
  );
}

/** What is not shared is absent here, too: the drawing does not ask for it. */
function toView({ points, total, ...rest }: SharedStatusView['latency']): LatencyView {
  return {
    ...rest,
    points: points.map((point) => ({ ...NOT_SHARED, ...point, errors: {} })),
    total: { ...NOT_SHARED, ...total },
  };
}

const NOT_SHARED = { withinRows: 0, maxMs: null, split: null, rawBytes: 0, gzipBytes: 0 } as const;
