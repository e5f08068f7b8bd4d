import type { Metadata } from 'next';
import Link from 'next/link';
import { wishAction } from '@/app/(console)/routings/actions';
import { found } from '@/app/found';
import { FileTable } from '@/components/files/file-table';
import { Section } from '@/components/layout/page';
import { LiveProvider } from '@/components/live/live-provider';
import { LiveStamp } from '@/components/live/live-stamp';
import { ActivityList } from '@/components/routings/overview/activity-list';
import { MetricStrip } from '@/components/routings/overview/metric-strip';
import { RoutingVerdict } from '@/components/routings/overview/routing-verdict';
import { allowedWishes } from '@/components/routings/overview/wishes';
import { RoutingFrame } from '@/components/routings/routing-frame';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import { revisionOf } from '@/lib/domain/live/revision';
import { listFiles } from '@/lib/services/file/list';
import { getRouting } from '@/lib/services/routing/get';
import { listActivity } from '@/lib/services/routing/list-activity';

export const metadata: Metadata = { title: 'Routing' };

const RECENT_FILES = 5;
const RECENT_ACTIVITY = 20;

export default async function RoutingPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireCtx();
  const { id: routingId } = await params;
  const routing = await found(getRouting({ ctx, input: { routingId } }));
  const [{ files }, { activity }] = await Promise.all([
    listFiles({ ctx, input: { routingId, limit: RECENT_FILES } }),
    listActivity({ ctx, input: { routingId, limit: RECENT_ACTIVITY } }),
  ]);
  const now = new Date();
  const { role, organizationId } = ctx.actor;
  return (
    <LiveProvider routingIds={[routing.id]} asOf={now.toISOString()} revision={revisionOf([routing])}>
      <RoutingFrame routing={routing} mayEdit={mayDo(role, 'destination.change')} status={<LiveStamp />}>
        <RoutingVerdict
          routing={routing}
          now={now}
          isCustomer={organizationId !== null}
          allowed={allowedWishes(role)}
          action={wishAction}
        />
        <MetricStrip routing={routing} now={now} />
        <Section
          title="Recent files"
          actions={
            files.length === 0 ? null : (
              <Link href={`/routings/${routingId}/files`} className="text-accent text-sm hover:underline">
                All files
              </Link>
            )
          }
        >
          {files.length === 0 ? (
            <EmptyState sentence="No file has been delivered yet." />
          ) : (
            <FileTable
              routingId={routingId}
              files={files}
              promiseSeconds={routing.promiseSeconds}
              now={now}
            />
          )}
        </Section>
        <Section title="Activity">
          <ActivityList activity={activity} now={now} />
        </Section>
      </RoutingFrame>
    </LiveProvider>
  );
}
