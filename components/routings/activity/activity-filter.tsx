import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import type { ActivityFilter } from '@/lib/domain/routing/activity';

const CHOICES: readonly { readonly filter: ActivityFilter; readonly label: string }[] = [
  { filter: 'all', label: 'All' },
  { filter: 'status', label: 'Status' },
  { filter: 'people', label: 'People' },
];

interface ActivityFilterNavProps {
  /** The address of the page without a filter. */
  readonly base: string;
  readonly filter: ActivityFilter;
}

/** Narrows the time line; the choice lives in the address. */
export function ActivityFilterNav({ base, filter }: ActivityFilterNavProps) {
  return (
    <nav aria-label="Show" className="mb-6">
      <ul className="inline-flex overflow-hidden rounded-control border border-control bg-surface">
        {CHOICES.map((choice) => {
          const isCurrent = choice.filter === filter;
          return (
            <li key={choice.filter} className="border-control border-l first:border-l-0">
              <Link
                href={choice.filter === 'all' ? base : `${base}?show=${choice.filter}`}
                aria-current={isCurrent ? 'true' : undefined}
                className={cn(
                  'flex h-8 items-center px-3 text-sm -outline-offset-2 hover:bg-raised pointer-coarse:h-11',
                  isCurrent ? 'bg-raised font-medium text-text' : 'text-muted',
                )}
              >
                {choice.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
