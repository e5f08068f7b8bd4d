import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { cn } from '@/components/ui/cn';

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/** Where the reader is; the last crumb is the page itself. On a phone only its parent stays beside it. */
export function Breadcrumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map((crumb, index) => (
          <CrumbItem key={crumb.label} crumb={crumb} fromEnd={crumbs.length - 1 - index} />
        ))}
      </ol>
    </nav>
  );
}

function CrumbItem({ crumb, fromEnd }: { readonly crumb: Crumb; readonly fromEnd: number }) {
  const isLast = fromEnd === 0;
  return (
    <li className={cn('min-w-0 items-center gap-1', fromEnd > 1 ? 'hidden sm:flex' : 'flex')}>
      {crumb.href === undefined ? (
        <span
          aria-current={isLast ? 'page' : undefined}
          className={cn('truncate', isLast ? 'font-medium' : 'text-muted')}
        >
          {crumb.label}
        </span>
      ) : (
        <Link
          href={crumb.href}
          className="truncate rounded-badge py-1 text-muted -outline-offset-2 hover:text-text hover:underline"
        >
          {crumb.label}
        </Link>
      )}
      {isLast ? null : <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted" />}
    </li>
  );
}
