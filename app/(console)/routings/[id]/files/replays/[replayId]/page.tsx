import type { Metadata } from 'next';
import { cancelReplayAction } from '@/app/(console)/routings/[id]/files/replays/actions';
import { found } from '@/app/found';
import { type SearchParams, searchParam } from '@/app/search-param';
import { Pager } from '@/components/layout/pager';
import { replayHref } from '@/components/replay/replay-address';
import { ReplayFileTable } from '@/components/replay/replay-file-table';
import { ReplaySummary } from '@/components/replay/replay-summary';
import { LiveRoutingFrame } from '@/components/routings/live-routing-frame';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import { readReplay } from '@/lib/services/replay/read';
import { getRouting } from '@/lib/services/routing/get';

export const metadata: Metadata = { title: 'Replay' };

const RUNNING_REFRESH_MS = 2_000;
const PAGE_SIZE = 100;

interface ReplayPageProps {
  readonly params: Promise<{ id: string; replayId: string }>;
  readonly searchParams: SearchParams;
}

export default async function ReplayPage({ params, searchParams }: ReplayPageProps) {
  const ctx = await requireCtx();
  const { id: routingId, replayId } = await params;
  const cursor = await searchParam(searchParams, 'cursor');
  const page = { limit: PAGE_SIZE, ...(cursor === '' ? {} : { cursor }) };
  const [routing, { replay, files, nextCursor }] = await found(
    Promise.all([
      getRouting({ ctx, input: { routingId } }),
      readReplay({ ctx, input: { routingId, replayId, ...page } }),
    ]),
  );
  const now = new Date();
  const { role } = ctx.actor;
  const href = replayHref(routing.id, replay.id);
  return (
    <LiveRoutingFrame
      routing={routing}
      role={role}
      now={now}
      {...(replay.state === 'running' ? { refreshEveryMs: RUNNING_REFRESH_MS } : {})}
    >
      <ReplaySummary
        replay={replay}
        now={now}
        cancel={mayDo(role, 'routing.replay') ? cancelReplayAction.bind(null, routing.id, replay.id) : null}
      />
      <h2 className="mt-6 mb-3 font-semibold text-md">Files</h2>
      <ReplayFileTable routingId={routing.id} files={files} />
      <Pager
        {...(cursor === '' ? {} : { firstHref: href })}
        {...(nextCursor === null ? {} : { nextHref: `${href}?cursor=${nextCursor}` })}
      />
    </LiveRoutingFrame>
  );
}
