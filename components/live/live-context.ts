'use client';

import { createContext, useContext } from 'react';
import type { RoutingPulse } from '@/lib/domain/live/pulse';

export type LiveStatus = 'live' | 'reconnecting' | 'paused';

interface Live {
  readonly status: LiveStatus;
  /** Of the newest figures on the page. */
  readonly asOf: string;
  /** Figures newer than those the page was rendered with; undefined when there are none. */
  readonly pulseOf: (routingId: string) => RoutingPulse | undefined;
  readonly setPaused: (isPaused: boolean) => void;
}

export const LiveContext = createContext<Live | null>(null);

/** The live figures of the page; only inside a LiveProvider. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('useLive needs a LiveProvider around it.');
  return live;
}
