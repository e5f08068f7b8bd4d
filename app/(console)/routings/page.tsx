import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { found } from '@/app/found';
import { type SearchParams, searchParam } from '@/app/search-param';
import { Page, PageTitle } from '@/components/layout/page';
import { Pager } from '@/components/layout/pager';
import { LiveProvider } from '@/components/live/live-provider';
import { LiveStamp } from '@/components/live/live-stamp';
import { RoutingSearch } from '@/components/routings/routing-search';
import { RoutingTable } from '@/components/routings/routing-table';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import { revisionOf } from '@/lib/domain/live/revision';
import { listRoutings } from '@/lib/services/routing/list';

export const metadata: Metadata = { title: 'Routings' };

const PAGE_SIZE = 100;

export default async function RoutingsPage({ searchParams }: { searchParams: SearchParams }) {
  const ctx = await requireCtx();
  const q = (await searchParam(searchParams, 'q')).slice(0, 200);
  const cursor = await searchParam(searchParams, 'cursor');
  const input = { q, limit: PAGE_SIZE, ...(cursor === '' ? {} : { cursor }) };
  const { routings, nextCursor } = await found(listRoutings({ ctx, input }));
  const now = new Date();
  const mayCreate = mayDo(ctx.actor.role, 'routing.create');
  const isEmpty = routings.length === 0 && cursor === '';
  const address = (next?: string) =>
    `/routings?${new URLSearchParams({ ...(q === '' ? {} : { q }), ...(next === undefined ? {} : { cursor: next }) })}`;
  return (
    <LiveProvider
      routingIds={routings.map(({ id }) => id)}
      asOf={now.toISOString()}
      revision={revisionOf(routings)}
    >
      <Page crumbs={[{ label: 'Routings' }]} status={<LiveStamp />}>
        <PageTitle
          title="Routings"
          actions={mayCreate && !(isEmpty && q === '') ? <NewRouting /> : undefined}
        />
        {isEmpty && q === '' ? null : <RoutingSearch q={q} />}
        {isEmpty ? (
          <NoRoutings q={q} mayCreate={mayCreate} />
        ) : (
          <RoutingTable routings={routings} now={now} />
        )}
        <Pager
          {...(cursor === '' ? {} : { firstHref: address() })}
          {...(nextCursor === null ? {} : { nextHref: address(nextCursor) })}
        />
      </Page>
    </LiveProvider>
  );
}

function NewRouting() {
  return (
    <Button variant="primary" asChild>
      <Link href="/routings/new">
        <Plus aria-hidden />
        New routing
      </Link>
    </Button>
  );
}

function NoRoutings({ q, mayCreate }: { q: string; mayCreate: boolean }) {
  if (q !== '')
    return <EmptyState sentence={`No routing, organization, workspace or bucket is called like “${q}”.`} />;
  return (
    <EmptyState
      sentence="There is no routing yet. A routing delivers the events of one workspace to one S3 bucket."
      action={mayCreate ? <NewRouting /> : undefined}
    />
  );
}
