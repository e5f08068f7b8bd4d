import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { cn } from '@/components/ui/cn';

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/** Where the reader is; the last crumb is the page itself. On a phone only the way back stays beside it. */
export function Breadcrumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  const wayBack = crumbs.findLastIndex((crumb) => crumb.href !== undefined);
  const last = crumbs.length - 1;
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map((crumb, index) => (
          <li
            key={index === last ? 'here' : crumb.label}
            className={cn(
              'items-center gap-1',
              index === last ? 'min-w-0' : 'max-w-[50%] shrink-0',
              index === wayBack || index === last ? 'flex' : 'hidden sm:flex',
            )}
          >
            <CrumbText crumb={crumb} isLast={index === last} />
            {index === last ? null : <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted" />}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function CrumbText({ crumb, isLast }: { readonly crumb: Crumb; readonly isLast: boolean }) {
  if (crumb.href !== undefined) {
    return (
      <Link
        href={crumb.href}
        className="truncate rounded-badge py-1 text-muted -outline-offset-2 hover:text-text hover:underline"
      >
        {crumb.label}
      </Link>
    );
  }
  return (
    <span
      aria-current={isLast ? 'page' : undefined}
      className={cn('truncate', isLast ? 'font-medium' : 'text-muted')}
    >
      {crumb.label}
    </span>
  );
}
