import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import type { Column } from './columns';
import { type ListAddress, listHref } from './list-address';

/** The head of a column; where the list can be sorted by it, a link that does so, and turns the order round. */
export function SortHead({ column, address }: { readonly column: Column; readonly address: ListAddress }) {
  const { title, sort, className } = column;
  const isReversed = address.sort === `-${sort}`;
  const isSorted = address.sort === sort || isReversed;
  // What needs a look stands at the top; of names that is the first letter, of all else the end of a scale.
  const isAscending = (sort === 'name' || sort === 'in-promise') !== isReversed;
  const Arrow = isAscending ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      {...(isSorted ? { 'aria-sort': isAscending ? ('ascending' as const) : ('descending' as const) } : {})}
      className={cn(
        'sticky top-14 z-10 h-9 whitespace-nowrap border-border border-b bg-raised px-3 font-medium text-muted text-xs first:rounded-tl-card last:rounded-tr-card',
        className,
      )}
    >
      {sort === null ? (
        title
      ) : (
        <Link
          href={listHref(address, { sort: isSorted && !isReversed ? `-${sort}` : sort })}
          scroll={false}
          className="-mx-1 inline-flex h-6 items-center gap-1 rounded-badge px-1 hover:text-text"
        >
          {title}
          {isSorted ? <Arrow aria-hidden className="size-3.5 text-text" /> : null}
        </Link>
      )}
    </th>
  );
}
