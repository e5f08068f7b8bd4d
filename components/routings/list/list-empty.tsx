import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { isNarrowed, type ListAddress, listHref } from './list-address';
import { type LabelCounts, restSentence } from './rest-sentence';

interface ListEmptyProps {
  readonly address: ListAddress;
  readonly others: LabelCounts;
  /** How many routings the reader sees at all. */
  readonly total: number;
  readonly isCustomer: boolean;
  /** Where the reader may make one. */
  readonly create: ReactNode;
}

/** Why no row is there: none made yet, none that matches, or nothing to do, which is the best of them. */
export function ListEmpty({ address, others, total, isCustomer, create }: ListEmptyProps) {
  // What is archived stands in no view.
  if (total === 0 && others.archived === undefined) {
    const sentence = isCustomer
      ? 'There is no routing yet. One that delivers your events to your bucket appears here once it is set up.'
      : 'There is no routing yet. A routing delivers the events of one workspace to one S3 bucket.';
    return <EmptyState sentence={sentence} action={create} />;
  }
  if (isNarrowed(address)) {
    const what = address.q === '' ? 'these filters' : `“${address.q}”`;
    const unfiltered = { status: null, region: null, organizationId: null };
    const wider =
      address.view === 'all'
        ? { label: 'Show all routings', href: listHref(address, { ...unfiltered, q: '' }) }
        : { label: 'Look in all routings', href: listHref(address, { ...unfiltered, view: 'all' }) };
    return (
      <EmptyState
        sentence={`No routing in this view matches ${what}.`}
        action={
          <Button asChild>
            <Link href={wider.href}>{wider.label}</Link>
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      sentence={restSentence(address.view, others, true)}
      action={
        <Button asChild>
          <Link href={listHref(address, { view: 'all' })}>All routings</Link>
        </Button>
      }
    />
  );
}
