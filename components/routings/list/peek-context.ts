'use client';

import { createContext, useContext } from 'react';

interface PeekControl {
  /** The routing in the side panel; null while it is closed. */
  readonly openId: string | null;
  readonly open: (routingId: string) => void;
}

export const PeekContext = createContext<PeekControl>({ openId: null, open: () => undefined });

export function usePeek(): PeekControl {
  return useContext(PeekContext);
}

/** Where the focus goes back to when the panel closes. */
export function rowLinkId(routingId: string): string {
  return `routing-${routingId}`;
}
