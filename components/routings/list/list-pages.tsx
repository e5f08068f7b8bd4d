import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/lib/domain/format/count';
import { type ListAddress, listHref } from './list-address';

interface ListPagesProps {
  readonly address: ListAddress;
  /** Place of the first row, from 0, and how many rows there are here and on all pages. */
  readonly offset: number;
  readonly shown: number;
  readonly total: number;
  readonly pageSize: number;
}

/** Which rows of how many these are, and the ways to the others; nothing where everything fits on one page. */
export function ListPages({ address, offset, shown, total, pageSize }: ListPagesProps) {
  if (total <= pageSize) return null;
  const page = Math.floor(offset / pageSize) + 1;
  const isLast = offset + shown >= total;
  return (
    <nav aria-label="Pages" className="mt-4 flex flex-wrap items-center gap-2 text-sm">
      <p className="mr-auto text-muted tabular-nums">
        {formatCount(offset + 1)} to {formatCount(offset + shown)} of {formatCount(total)}
      </p>
      {page === 1 ? null : (
        <Button asChild>
          <Link href={listHref(address, { page: page - 1, peek: null })}>Previous</Link>
        </Button>
      )}
      {isLast ? null : (
        <Button asChild>
          <Link href={listHref(address, { page: page + 1, peek: null })}>Next</Link>
        </Button>
      )}
    </nav>
  );
}
