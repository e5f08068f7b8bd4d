'use client';

import Link from 'next/link';
import type { MouseEvent, ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { rowLinkId, usePeek } from './peek-context';

interface PeekLinkProps {
  readonly id: string;
  readonly href: string;
  /** The whole name, where the row has room for a part of it. */
  readonly title: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** The name in a row; it covers the row. A plain click opens the panel in place, a modified one follows the link. */
export function PeekLink({ id, href, title, className, children }: PeekLinkProps) {
  const { open, openId } = usePeek();
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(id);
  };
  return (
    <Link
      id={rowLinkId(id)}
      href={href}
      title={title}
      prefetch={false}
      onClick={onClick}
      aria-haspopup="dialog"
      aria-expanded={openId === id}
      className={cn(className, 'after:absolute after:inset-0')}
    >
      {children}
    </Link>
  );
}
