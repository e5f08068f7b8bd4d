'use client';

import type { MouseEvent } from 'react';
import { cn } from '@/components/ui/cn';
import type { HourView } from '@/lib/domain/hour/view';
import { hourName } from './hour-display';
import { HourMark } from './hour-mark';

interface HourCellProps {
  /** Null for an hour that has not begun. */
  readonly view: HourView | null;
  readonly day: string;
  readonly isChosen: boolean;
  /** Whether Tab stops here. */
  readonly isActive: boolean;
  readonly hrefOf: (hour: string) => string;
  readonly onOpen: (href: string) => void;
  readonly onFocus: () => void;
}

/** One hour of the calendar: a link to its receipt and files, so that it can be opened in a new tab, too. */
export function HourCell({ view, day, isChosen, isActive, hrefOf, onOpen, onFocus }: HourCellProps) {
  if (view === null) return <td {...cell(false)} />;
  const href = hrefOf(view.hour);
  const name = hourName(view, day);
  const open = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(href);
  };
  return (
    <td {...cell(isChosen)} className="p-0">
      <a
        href={href}
        title={name}
        aria-label={name}
        aria-current={isChosen ? 'true' : undefined}
        tabIndex={isActive ? 0 : -1}
        onClick={open}
        onFocus={onFocus}
        className={cn(
          'mx-auto flex h-7 min-w-7 items-center justify-center rounded-control outline-offset-[-2px] hover:bg-raised pointer-coarse:h-9',
          isChosen && 'bg-info-bg ring-1 ring-accent ring-inset',
        )}
      >
        <HourMark state={view.state} />
      </a>
    </td>
  );
}

function cell(isChosen: boolean) {
  return { role: 'gridcell', 'aria-selected': isChosen } as const;
}
