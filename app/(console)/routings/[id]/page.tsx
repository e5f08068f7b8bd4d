import type { Metadata } from 'next';
import Link from 'next/link';
import { releaseAction, retryAction, wishAction } from '@/app/(console)/routings/actions';
import { found } from '@/app/found';
import { type SearchParams, searchParam } from '@/app/search-param';
import { LatencyCharts } from '@/components/charts/latency-charts';
import { RangeSwitch } from '@/components/charts/range-switch';
import { FileTable } from '@/components/files/file-table';
import { latestHours } from '@/components/hours/latest-hours';
import { Section } from '@/components/layout/page';
import { HeldCuts } from '@/components/routings/held/held-cuts';
import { HoldBanners } from '@/components/routings/held/hold-banners';
import { LiveRoutingFrame } from '@/components/routings/live-routing-frame';
import { FixCard } from '@/components/routings/overview/fix-card';
import { HourStrip } from '@/components/routings/overview/hour-strip';
import { MetricStrip } from '@/components/routings/overview/metric-strip';
import { NoLatency } from '@/components/routings/overview/no-latency';
import { RoutingVerdict } from '@/components/routings/overview/routing-verdict';
import { allowedWishes } from '@/components/routings/overview/wishes';
import { SampleCard } from '@/components/sample/sample-card';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import { arrivalSentence } from '@/lib/domain/latency/arrival-sentence';
import { rangeFromQuery } from '@/lib/domain/latency/range-from-query';
import { getRouting } from '@/lib/services/routing/get';
import { readOverview } from './read-overview';

export const metadata: Metadata = { title: 'Routing' };

interface RoutingPageProps {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

export default async function RoutingPage({ params, searchParams }: RoutingPageProps) {
  const ctx = await requireCtx();
  const { id: routingId } = await params;
  const asked = rangeFromQuery({
    range: await searchParam(searchParams, 'range'),
    from: await searchParam(searchParams, 'from'),
    to: await searchParam(searchParams, 'to'),
  });
  const now = new Date();
  const routing = await found(getRouting({ ctx, input: { routingId } }));
  const { view, day, files, hours, tries, held, check, sample } = await found(
    readOverview({ ctx, routing, choice: asked.choice, now }),
  );
  const { role, organizationId } = ctx.actor;
  const path = `/routings/${routingId}`;
  const accessHref = mayDo(role, 'access.enter') ? `${path}/connection` : null;
  const allFiles = (word: string) => (
    <Link href={`${path}/files`} className="text-accent text-sm hover:underline">
      {word}
    </Link>
  );
  return (
    <LiveRoutingFrame routing={routing} role={role} now={now}>
      <HoldBanners routing={routing} now={now} isCustomer={organizationId !== null} />
      <RoutingVerdict
        routing={routing}
        now={now}
        isCustomer={organizationId !== null}
        tries={tries}
        arrival={arrivalSentence(day, routing.promiseSeconds * 1_000)}
        check={check}
        allowed={allowedWishes(role)}
        action={wishAction}
      />
      {tries === null ? null : (
        <FixCard
          routing={routing}
          tries={tries}
          now={now}
          isCustomer={organizationId !== null}
          fixHref={accessHref}
        />
      )}
      <HeldCuts routing={routing} cuts={held} now={now} release={releaseAction} retry={retryAction} />
      <MetricStrip routing={routing} day={day} />
      <Section title="Latency">
        {routing.lastFile === null && day.rows === 0 && view.total.rows === 0 ? (
          <NoLatency routing={routing} accessHref={accessHref} />
        ) : (
          <LatencyCharts
            view={view}
            flushIntervalMs={routing.flushIntervalMs}
            csvHref={`${path}/latency.csv?${new URLSearchParams(asked.choice)}`}
            controls={<RangeSwitch path={path} asked={asked} />}
          />
        )}
      </Section>
      {hours.every(({ state }) => state === 'unknown') ? null : (
        <Section title="Last 24 hours" actions={allFiles('All hours')}>
          <HourStrip routingId={routingId} hours={latestHours(hours)} />
        </Section>
      )}
      <Section title="Recent files" actions={files.length === 0 ? null : allFiles('All files')}>
        {files.length === 0 ? (
          <EmptyState sentence="No file has been delivered yet." />
        ) : (
          <FileTable routingId={routingId} files={files} promiseSeconds={routing.promiseSeconds} now={now} />
        )}
      </Section>
      {sample === null ? null : (
        <Section title="What lands in the bucket" lead="Until the first real file is there.">
          <SampleCard sample={sample} now={now} />
        </Section>
      )}
    </LiveRoutingFrame>
  );
}
