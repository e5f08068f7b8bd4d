import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { wishAction } from '@/app/(console)/routings/actions';
import type { SearchParams } from '@/app/search-param';
import { Page } from '@/components/layout/page';
import { LiveProvider } from '@/components/live/live-provider';
import { LiveStamp } from '@/components/live/live-stamp';
import { DraftList } from '@/components/routings/list/draft-list';
import { type ListAddress, readListAddress } from '@/components/routings/list/list-address';
import { ListEmpty } from '@/components/routings/list/list-empty';
import { ListFilters } from '@/components/routings/list/list-filters';
import { ListPages } from '@/components/routings/list/list-pages';
import { PeekList } from '@/components/routings/list/peek-list';
import { restSentence } from '@/components/routings/list/rest-sentence';
import { RoutingTable } from '@/components/routings/list/routing-table';
import { ViewTabs } from '@/components/routings/list/view-tabs';
import { allowedWishes } from '@/components/routings/overview/wishes';
import { Button } from '@/components/ui/button';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import { formatCount } from '@/lib/domain/format/count';
import { revisionOf } from '@/lib/domain/live/revision';
import { listRoutingDrafts } from '@/lib/services/routing/list-drafts';
import { peekAction } from './peek';
import { readList } from './read-list';

export const metadata: Metadata = { title: 'Routings' };

/** Where those look who set routings up. */
const DRAFT_VIEWS: readonly string[] = ['onboarding', 'all'];

export default async function RoutingsPage({ searchParams }: { searchParams: SearchParams }) {
  const ctx = await requireCtx();
  const { role, organizationId } = ctx.actor;
  const address = readListAddress(await searchParams, role);
  const list = await readList(ctx, address);
  const isWriting = mayDo(role, 'routing.create') && DRAFT_VIEWS.includes(address.view) && list.offset === 0;
  const { drafts } = isWriting ? await listRoutingDrafts({ ctx }) : { drafts: [] };
  const { routings, views, choices } = list;
  const now = new Date();
  const isCustomer = organizationId !== null;
  const create = mayDo(role, 'routing.create') ? <NewRouting /> : null;
  return (
    <LiveProvider
      routingIds={routings.map(({ id }) => id)}
      asOf={now.toISOString()}
      revision={revisionOf(routings)}
    >
      <Page crumbs={[{ label: 'Routings' }]} status={<LiveStamp />}>
        <div className="mb-3 flex min-h-9 flex-wrap items-center justify-between gap-4">
          <h1 className="font-semibold text-lg">Routings</h1>
          {views.all === 0 ? null : create}
        </div>
        {views.all === 0 ? null : (
          <>
            <ViewTabs address={address} counts={views} />
            <ListFilters address={address} choices={choices}>
              <p className="text-muted text-sm tabular-nums">
                {formatCount(list.total)} of {formatCount(views.all)}
              </p>
            </ListFilters>
          </>
        )}
        <DraftList drafts={drafts} now={now} />
        <PeekList
          rows={routings.map(({ id, name, organization, label }) => ({
            id,
            name,
            organization: organization.name,
            label,
          }))}
          rendered={list.peek}
          read={peekAction}
          isCustomer={isCustomer}
          allowed={allowedWishes(role)}
          wish={wishAction}
        >
          {routings.length === 0 ? (
            <ListEmpty
              address={address}
              others={list.others[address.view]}
              total={views.all}
              isCustomer={isCustomer}
              create={create}
            />
          ) : (
            <RoutingTable routings={routings} address={address} now={now} isCustomer={isCustomer} />
          )}
        </PeekList>
        <ListFoot address={address} list={list} />
      </Page>
    </LiveProvider>
  );
}

interface ListFootProps {
  readonly address: ListAddress;
  readonly list: Awaited<ReturnType<typeof readList>>;
}

/** Behind the last row: what the routings outside the view do, and the other pages. */
function ListFoot({ address, list }: ListFootProps) {
  const { routings, total, offset, pageSize, others } = list;
  if (routings.length === 0) return null;
  const isEnd = offset + routings.length >= total;
  return (
    <>
      {isEnd && address.view !== 'all' ? (
        <p className="mt-3 text-muted text-sm">{restSentence(address.view, others[address.view], false)}</p>
      ) : null}
      {routings.some(({ day }) => day?.hasDemo) ? (
        <p className="mt-3 text-muted text-sm">
          “24 h” and “In promise” count demonstration figures from before the first start.
        </p>
      ) : null}
      <ListPages {...{ address, offset, total, pageSize }} shown={routings.length} />
    </>
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
