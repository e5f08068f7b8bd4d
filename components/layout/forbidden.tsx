import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Page } from './page';

interface ForbiddenProps {
  /** The page that was asked for, as in "New routing". */
  readonly title: string;
  /** What the reader's role may not do. */
  readonly sentence: string;
}

export function Forbidden({ title, sentence }: ForbiddenProps) {
  return (
    <Page crumbs={[{ label: 'Routings', href: '/routings' }, { label: title }]}>
      <h1 className="mb-4 font-semibold text-lg">{title}</h1>
      <EmptyState
        sentence={sentence}
        action={
          <Button asChild>
            <Link href="/routings">Back to the routings</Link>
          </Button>
        }
      />
    </Page>
  );
}
