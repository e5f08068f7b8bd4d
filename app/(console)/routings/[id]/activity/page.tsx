import type { Metadata } from 'next';
import { found } from '@/app/found';
import { type SearchParams, searchParam } from '@/app/search-param';
import { Pager } from '@/components/layout/pager';
import { ActivityFilterNav } from '@/components/routings/activity/activity-filter';
import { ActivityTimeline } from '@/components/routings/activity/activity-timeline';
import { LiveRoutingFrame } from '@/components/routings/live-routing-frame';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import { type ActivityFilter, activityFilterSchema } from '@/lib/domain/routing/activity';
import { getRouting } from '@/lib/services/routing/get';
import { listActivity } from '@/lib/services/routing/list-activity';

export const metadata: Metadata = { title: 'Activity' };

const PAGE_SIZE = 50;

const NOTHING: Readonly<Record<ActivityFilter, string>> = {
  all: 'Nothing has happened yet.',
  status: 'The status has not changed yet.',
  people: 'Nobody has done anything here yet that you may read.',
};

interface ActivityPageProps {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

export default async function ActivityPage({ params, searchParams }: ActivityPageProps) {
  const ctx = await requireCtx();
  const { id: routingId } = await params;
  const filter = activityFilterSchema.catch('all').parse(await searchParam(searchParams, 'show'));
  const cursor = await searchParam(searchParams, 'cursor');
  const routing = await found(getRouting({ ctx, input: { routingId } }));
  const input = { routingId, filter, limit: PAGE_SIZE, ...(cursor === '' ? {} : { cursor }) };
  const { activity, nextCursor } = await found(listActivity({ ctx, input }));
  const now = new Date();
  const base = `/routings/${routingId}/activity`;
  const address = (at: Readonly<Record<string, string>>) => {
    const query = new URLSearchParams({ ...(filter === 'all' ? {} : { show: filter }), ...at }).toString();
    return query === '' ? base : `${base}?${query}`;
  };
  return (
    <LiveRoutingFrame routing={routing} role={ctx.actor.role} now={now}>
      <ActivityFilterNav base={base} filter={filter} />
      {activity.length === 0 ? (
        <EmptyState sentence={NOTHING[filter]} />
      ) : (
        <ActivityTimeline activity={activity} now={now} />
      )}
      <Pager
        {...(cursor === '' ? {} : { firstHref: address({}) })}
        {...(nextCursor === null ? {} : { nextHref: address({ cursor: nextCursor }) })}
      />
    </LiveRoutingFrame>
  );
}
