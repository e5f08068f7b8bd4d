import Link from 'next/link';
import { Button } from '@/components/ui/button';

interface PagerProps {
  /** The address of the first page; absent on it. */
  readonly firstHref?: string;
  /** The address of the next page; absent on the last. */
  readonly nextHref?: string;
}

/** Ways to older entries and back; nothing where everything fits on one page. */
export function Pager({ firstHref, nextHref }: PagerProps) {
  if (firstHref === undefined && nextHref === undefined) return null;
  return (
    <nav aria-label="Pages" className="mt-4 flex gap-2">
      {firstHref === undefined ? null : (
        <Button asChild>
          <Link href={firstHref}>Newest</Link>
        </Button>
      )}
      {nextHref === undefined ? null : (
        <Button asChild>
          <Link href={nextHref}>Older</Link>
        </Button>
      )}
    </nav>
  );
}
