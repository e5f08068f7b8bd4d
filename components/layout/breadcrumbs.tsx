import { ChevronRight } from 'lucide-react';
import Link from 'next/link';

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/** Where the reader is; the last crumb is the page itself. On a phone only its parent stays beside it. */
export function Breadcrumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map((crumb, index) => {
          const isLast = index === crumbs.length - 1;
          const isFarOff = index < crumbs.length - 2;
          return (
            <li
              key={crumb.label}
              className={`min-w-0 items-center gap-1 ${isFarOff ? 'hidden sm:flex' : 'flex'} ${isLast ? '' : 'shrink-0'}`}
            >
              {crumb.href === undefined ? (
                <span aria-current={isLast ? 'page' : undefined} className="truncate font-medium">
                  {crumb.label}
                </span>
              ) : (
                <Link
                  href={crumb.href}
                  className="truncate rounded-badge py-1 text-muted hover:text-text hover:underline"
                >
                  {crumb.label}
                </Link>
              )}
              {isLast ? null : <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted" />}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
