'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { cn } from '@/components/ui/cn';
import { usePeek } from './peek-context';

/** A row that is marked, and kept in sight, while its routing stands in the side panel. */
export function PeekRow({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const row = useRef<HTMLTableRowElement>(null);
  const isOpen = usePeek().openId === id;
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <tr
      ref={row}
      data-open={isOpen || undefined}
      className={cn(
        'group relative grid scroll-mt-24 scroll-mb-4 grid-cols-[1fr_auto] border-border border-b py-1.5 last:border-b-0 hover:bg-raised sm:table-row sm:py-0',
        isOpen && 'bg-info-bg hover:bg-info-bg',
      )}
    >
      {children}
    </tr>
  );
}
