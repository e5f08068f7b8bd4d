'use client';

import { Building2, CircleUserRound, Route, ScrollText, Server } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';
import { Tooltip } from '@/components/ui/tooltip';
import { BrandMark } from './brand';
import type { NavigationItem } from './navigation';

const ICONS = {
  routings: Route,
  organizations: Building2,
  audit: ScrollText,
  system: Server,
  account: CircleUserRound,
} as const;

/** 216 px wide; icons below 1,100 px; a bar at the bottom below 640 px. */
export function Rail({ items }: { readonly items: readonly NavigationItem[] }) {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 flex border-border border-t bg-surface sm:sticky sm:inset-auto sm:top-0 sm:h-dvh sm:w-14 sm:shrink-0 sm:flex-col sm:border-t-0 sm:border-r rail:w-54"
    >
      <div className="hidden h-14 items-center gap-2 px-3.5 sm:flex">
        <BrandMark />
        <span className="hidden font-semibold text-md rail:inline">Sluice</span>
      </div>
      <ul className="flex flex-1 sm:mt-2 sm:flex-none sm:flex-col sm:gap-1 sm:px-2">
        {items.map((item) => {
          const Icon = ICONS[item.icon];
          const isHere = pathname === item.href || pathname.startsWith(`${item.href}/`);
          return (
            <li key={item.href} className="min-w-0 flex-1 sm:flex-none">
              <Tooltip text={item.label} side="right" className="max-sm:hidden rail:hidden">
                <Link
                  href={item.href}
                  aria-current={isHere ? 'page' : undefined}
                  className={cn(
                    'flex h-14 flex-col items-center justify-center gap-0.5 rounded-control text-muted text-xs -outline-offset-2 transition-colors hover:bg-raised hover:text-text sm:h-10 sm:flex-row rail:justify-start rail:gap-3 rail:px-2.5 rail:text-base',
                    isHere && 'font-medium text-text sm:bg-raised',
                  )}
                >
                  <Icon aria-hidden className={cn('size-5 shrink-0', isHere && 'text-accent')} />
                  <span className="max-w-full truncate sm:sr-only rail:not-sr-only">{item.label}</span>
                </Link>
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
