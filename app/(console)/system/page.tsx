import type { Metadata } from 'next';
import { RefusedPage } from '@/app/refused-page';
import { Page, Section } from '@/components/layout/page';
import { DatabaseFacts, QueueFacts } from '@/components/system/database-facts';
import { LogFacts } from '@/components/system/log-facts';
import { ProcessTable } from '@/components/system/process-table';
import { RefreshButton } from '@/components/system/refresh-button';
import { RoutingTotals } from '@/components/system/routing-totals';
import { SystemBanner } from '@/components/system/system-banner';
import { TurnTable } from '@/components/system/turn-table';
import { ClockTime } from '@/components/time/clock-time';
import { requireCtx } from '@/lib/auth/require-ctx';
import { webDeps } from '@/lib/auth/web-deps';
import { mayDo } from '@/lib/domain/access/permissions';
import { readSystem } from '@/lib/services/system/read-system';

export const metadata: Metadata = { title: 'System' };

export default async function SystemPage() {
  const ctx = await requireCtx();
  if (!mayDo(ctx.actor.role, 'system.see')) {
    return <RefusedPage title="System" sentence="The system is watched by administrators and operations." />;
  }
  const { system, unread } = await readSystem({ ctx });
  for (const { part, error } of unread) {
    webDeps().logger.warn(
      { part, err: error, requestId: ctx.requestId },
      'a part of the system page is unknown',
    );
  }
  const now = new Date(system.asOf);
  return (
    <Page crumbs={[{ label: 'System' }]} status={<AsOf now={now} />}>
      <SystemBanner processes={system.processes} />
      <Section title="Processes" lead={`This page was made by version ${system.version}.`}>
        <ProcessTable processes={system.processes} now={now} />
      </Section>
      <Section title="Routings by status">
        <RoutingTotals routings={system.routings} />
      </Section>
      <Section title="Event log">
        <LogFacts log={system.log} />
      </Section>
      <Section title="Queue">
        <QueueFacts queue={system.queue} />
      </Section>
      <Section title="Database">
        <DatabaseFacts database={system.database} />
      </Section>
      <Section title="Periodic work" lead="Done by one worker at a time; whoever dies is replaced.">
        <TurnTable turns={system.turns} now={now} />
      </Section>
    </Page>
  );
}

function AsOf({ now }: { now: Date }) {
  return (
    <span className="flex items-center gap-1 whitespace-nowrap tabular-nums">
      <span className="hidden sm:inline">as of</span>
      <ClockTime at={now} />
      <RefreshButton />
    </span>
  );
}
