import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import { formatCount } from '@/lib/domain/format/count';
import { listViewSchema, type ViewCounts } from '@/lib/domain/routing/list';
import { type ListAddress, listHref } from './list-address';
import { VIEW_WORDS } from './view-words';

/** The views with how many stand in each; what was searched for stays. */
export function ViewTabs({
  address,
  counts,
}: {
  readonly address: ListAddress;
  readonly counts: ViewCounts;
}) {
  return (
    <nav aria-label="Views" className="mb-4 overflow-x-auto border-border border-b">
      <ul className="flex gap-1">
        {listViewSchema.options.map((view) => {
          const isCurrent = view === address.view;
          return (
            <li key={view}>
              <Link
                href={listHref(address, { view, status: null })}
                aria-current={isCurrent ? 'page' : undefined}
                className={cn(
                  '-mb-px flex h-10 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 px-3 text-base text-muted -outline-offset-2 transition-colors hover:text-text pointer-coarse:h-11',
                  isCurrent && 'border-accent font-medium text-text',
                )}
              >
                {VIEW_WORDS[view].tab}
                <span className="text-sm tabular-nums">{formatCount(counts[view])}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
