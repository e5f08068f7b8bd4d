import { Check, CircleDashed, RefreshCw, TriangleAlert } from 'lucide-react';
import { ExactTime } from '@/components/time/exact-time';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import type { FindingView, ReconciliationView } from '@/lib/domain/reconciliation/view';
import { CompareButton, type StartAction } from './compare-button';
import { FindingTable } from './finding-table';
import { RefreshWhileRunning } from './refresh-while-running';

export interface LastReconciliation {
  readonly reconciliation: ReconciliationView;
  readonly findings: readonly FindingView[];
}

interface ReconciliationSectionProps {
  readonly routingId: string;
  /** The newest one; null when there was none in the last 30 days. */
  readonly last: LastReconciliation | null;
  readonly mayCompare: boolean;
  /** Why nobody can compare it; null when it can be compared. */
  readonly refusal: string | null;
  readonly mayReplay: boolean;
  readonly start: StartAction;
  readonly now: Date;
}

/** Whether the bucket still holds what was delivered, as of the last time somebody looked. */
export function ReconciliationSection(props: ReconciliationSectionProps) {
  const { routingId, last, refusal, mayReplay, start, now } = props;
  const mayCompare = props.mayCompare && refusal === null;
  const isRunning = last?.reconciliation.state === 'running';
  return (
    <section aria-labelledby="reconciliation" className="mt-8">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 id="reconciliation" className="font-semibold text-md">
          Comparison with the bucket
        </h2>
        {mayCompare ? <CompareButton routingId={routingId} start={start} isRunning={isRunning} /> : null}
      </div>
      {last === null ? (
        <EmptyState sentence={refusal ?? nothingYet(mayCompare)} />
      ) : (
        <div className="flex flex-col gap-3">
          <Verdict view={last.reconciliation} now={now} />
          {refusal === null ? null : <p className="text-muted text-sm">{refusal}</p>}
          {isRunning ? <RefreshWhileRunning /> : null}
          {last.findings.length === 0 ? null : (
            <FindingTable
              routingId={routingId}
              findings={last.findings}
              found={last.reconciliation.found}
              mayReplay={mayReplay}
            />
          )}
        </div>
      )}
    </section>
  );
}

function nothingYet(mayCompare: boolean): string {
  const what =
    'Nothing has been compared in the last 30 days. Once a day Sluice holds every file it delivered against what is in the bucket.';
  return mayCompare ? what : `${what} Your role may not start a comparison by itself.`;
}

function Verdict({ view, now }: { readonly view: ReconciliationView; readonly now: Date }) {
  const { Icon, tone } = signOf(view);
  return (
    <div className="rounded-card border border-border bg-surface px-4 py-3">
      <p role="status" data-testid="reconciliation-verdict" className={cn('flex gap-2 font-medium', tone)}>
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        {view.verdict}
      </p>
      <p className="mt-1 text-muted text-sm">
        Hours from <ExactTime at={new Date(view.from)} now={now} /> until{' '}
        <ExactTime at={new Date(view.to)} now={now} />,{' '}
        {view.startedBy === null ? 'compared daily' : `started by ${view.startedBy}`}, begun{' '}
        <ExactTime at={new Date(view.startedAt)} now={now} />
        {view.endedAt === null ? null : (
          <>
            , ended <ExactTime at={new Date(view.endedAt)} now={now} />
          </>
        )}
        .
      </p>
    </div>
  );
}

function signOf({ state, found, heldCause }: ReconciliationView) {
  if (state === 'running' && heldCause === null) return { Icon: RefreshCw, tone: 'text-info' };
  if (state === 'running') return { Icon: CircleDashed, tone: 'text-warn' };
  if (state === 'failed' || found > 0) return { Icon: TriangleAlert, tone: 'text-bad' };
  return { Icon: Check, tone: 'text-good' };
}
