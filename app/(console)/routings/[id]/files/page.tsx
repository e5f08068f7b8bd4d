import type { Metadata } from 'next';
import { found } from '@/app/found';
import { type SearchParams, searchParam } from '@/app/search-param';
import { FileTable } from '@/components/files/file-table';
import { Pager } from '@/components/layout/pager';
import { LiveProvider } from '@/components/live/live-provider';
import { LiveStamp } from '@/components/live/live-stamp';
import { RoutingFrame } from '@/components/routings/routing-frame';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import { revisionOf } from '@/lib/domain/live/revision';
import { listFiles } from '@/lib/services/file/list';
import { getRouting } from '@/lib/services/routing/get';

export const metadata: Metadata = { title: 'Files' };

const PAGE_SIZE = 50;

interface FilesPageProps {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

export default async function FilesPage({ params, searchParams }: FilesPageProps) {
  const ctx = await requireCtx();
  const { id: routingId } = await params;
  const cursor = await searchParam(searchParams, 'cursor');
  const routing = await found(getRouting({ ctx, input: { routingId } }));
  const input = { routingId, limit: PAGE_SIZE, ...(cursor === '' ? {} : { cursor }) };
  const { files, nextCursor } = await found(listFiles({ ctx, input }));
  const base = `/routings/${routingId}/files`;
  const now = new Date();
  return (
    <LiveProvider routingIds={[routing.id]} asOf={now.toISOString()} revision={revisionOf([routing])}>
      <RoutingFrame
        routing={routing}
        mayEdit={mayDo(ctx.actor.role, 'destination.change')}
        status={<LiveStamp />}
      >
        {files.length === 0 ? (
          <EmptyState sentence="No file has been delivered yet. The first one appears here within the promise of the first event." />
        ) : (
          <FileTable routingId={routingId} files={files} promiseSeconds={routing.promiseSeconds} now={now} />
        )}
        <Pager
          {...(cursor === '' ? {} : { firstHref: base })}
          {...(nextCursor === null ? {} : { nextHref: `${base}?cursor=${nextCursor}` })}
        />
      </RoutingFrame>
    </LiveProvider>
  );
}
