'use client';

import { useEffect } from 'react';

/** While a routing is open, ↑ and ↓ open its neighbours; not where arrows mean something of their own. */
export function useWalkKeys(
  ids: readonly string[],
  openId: string | null,
  open: (routingId: string) => void,
): void {
  useEffect(() => {
    if (openId === null) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const next = neighbour(ids, openId, event.key);
      if (next === undefined || event.defaultPrevented || isModified(event) || usesArrows(event.target))
        return;
      event.preventDefault();
      open(next);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [ids, openId, open]);
}

function neighbour(ids: readonly string[], openId: string, key: string): string | undefined {
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  return ids[ids.indexOf(openId) + (key === 'ArrowDown' ? 1 : -1)];
}

function isModified(event: KeyboardEvent): boolean {
  return event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
}

function usesArrows(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, [role="menu"]') !== null;
}
