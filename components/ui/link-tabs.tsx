'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { cn } from './cn';

const EDGE_PX = 48;

interface LinkTabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly label: string }[];
}

/** Tabs that are pages of their own: links, so they can be opened, shared and gone back to. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  // The first tab is the address that all others begin with.
  const currentHref = tabs.find(
    ({ href }, index) => pathname === href || (index > 0 && pathname.startsWith(`${href}/`)),
  )?.href;
  // On a phone the tab of the page may lie outside the row.
  useEffect(() => {
    const links = [...(nav.current?.querySelectorAll('a') ?? [])];
    const current = links.find((link) => link.getAttribute('href') === currentHref);
    if (current !== undefined) nav.current?.scrollTo({ left: current.offsetLeft - EDGE_PX });
  }, [currentHref]);
  return (
    <nav ref={nav} aria-label={label} className="relative overflow-x-auto border-border border-b">
      <ul className="flex gap-1">
        {tabs.map((tab) => {
          const isCurrent = tab.href === currentHref;
          return (
            <li key={tab.href}>
              <Link
                href={tab.href}
                aria-current={isCurrent ? 'page' : undefined}
                className={cn(
                  '-mb-px flex h-10 items-center border-transparent border-b-2 px-3 text-base text-muted -outline-offset-2 transition-colors hover:text-text pointer-coarse:h-11',
                  isCurrent && 'border-accent font-medium text-text',
                )}
              >
                {tab.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
