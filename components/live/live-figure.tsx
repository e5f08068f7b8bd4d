'use client';

import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCount } from '@/lib/domain/format/count';
import { formatDuration } from '@/lib/domain/format/duration';
import type { RoutingPulse } from '@/lib/domain/live/pulse';
import { useLive } from './live-context';

type Figures = Pick<RoutingPulse, 'freshnessMs' | 'pendingRows' | 'pendingBytes'>;

const TEXT = {
  freshness: ({ freshnessMs }: Figures) => (freshnessMs === null ? null : formatDuration(freshnessMs)),
  pendingRows: ({ pendingRows }: Figures) => formatCount(pendingRows),
  pendingBytes: ({ pendingBytes }: Figures) => formatBytes(pendingBytes),
} as const;

interface LiveFigureProps {
  readonly figure: keyof typeof TEXT;
  readonly routing: Figures & Pick<RoutingPulse, 'id'>;
  /** What stands there when nothing is waiting. */
  readonly none?: string;
}

/** One moving figure of a routing: as the page was rendered, then as the live stream says. */
export function LiveFigure({ figure, routing, none = '–' }: LiveFigureProps) {
  return TEXT[figure](useLive().pulseOf(routing.id) ?? routing) ?? none;
}
