'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';
import { idSchema } from '@/lib/domain/id';

interface PeekAddress {
  readonly openId: string | null;
  readonly open: (routingId: string) => void;
  readonly close: () => void;
}

/**
 * The open routing as the address has it. Opening is a step that "back" undoes, walking on is none; neither asks the
 * server for the list again.
 */
export function usePeekAddress(): PeekAddress {
  const openId = idSchema().safeParse(useSearchParams().get('peek')).data ?? null;
  const open = useCallback((routingId: string) => {
    const url = new URL(window.location.href);
    const isOpen = url.searchParams.has('peek');
    url.searchParams.set('peek', routingId);
    if (isOpen) window.history.replaceState(null, '', url);
    else window.history.pushState(null, '', url);
  }, []);
  const close = useCallback(() => {
    const url = new URL(window.location.href);
    url.searchParams.delete('peek');
    window.history.replaceState(null, '', url);
  }, []);
  return { openId, open, close };
}
