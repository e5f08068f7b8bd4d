import type { FormAction } from '@/components/forms/action-result';
import { FormSection } from '@/components/routings/form/form-section';
import { ExactTime } from '@/components/time/exact-time';
import { formatBytes } from '@/lib/domain/format/bytes';
import { formatCountOf } from '@/lib/domain/format/count';
import { isUnstarted } from '@/lib/domain/routing/label';
import type { RoutingView } from '@/lib/domain/routing/view';
import { ArchiveDialog } from './archive-dialog';
import { DisableDialog } from './disable-dialog';

interface EndingSectionProps {
  readonly routing: RoutingView;
  readonly now: Date;
  /** Null where the reader's role may not. */
  readonly disable: FormAction<RoutingView> | null;
  readonly archive: FormAction<RoutingView> | null;
}

/** The ways in which a routing ends, each with what becomes of what it holds. */
export function EndingSection({ routing, now, disable, archive }: EndingSectionProps) {
  const { lifecycle } = routing;
  if (lifecycle === 'archived') {
    return (
      <FormSection title="Archived" lead="Nothing of it can be changed any more.">
        <Told>Its credentials are destroyed, its history is kept.</Told>
      </FormSection>
    );
  }
  if (lifecycle === 'disabled' || isUnstarted(lifecycle)) {
    return (
      <FormSection
        title="Archive"
        lead="Destroys the credentials for good. History, files and receipts stay."
      >
        <Told>
          {lifecycle === 'disabled'
            ? 'This routing has ended: nothing of it is left to deliver.'
            : 'This routing was never started: there is nothing to deliver.'}
        </Told>
        {archive === null ? null : <ArchiveDialog routing={routing} action={archive} />}
      </FormSection>
    );
  }
  const isDraining = lifecycle === 'draining';
  return (
    <FormSection
      title="End this routing"
      lead="It ends where its events stand now: what is collected later is not part of it. An ended routing is not started again."
    >
      {isDraining ? <DrainFacts routing={routing} now={now} /> : <Told>{heldSentence(routing)}</Told>}
      {disable === null ? null : <DisableDialog routing={routing} action={disable} />}
    </FormSection>
  );
}

function DrainFacts({ routing, now }: { readonly routing: RoutingView; readonly now: Date }) {
  const { drainUntil, pendingRows } = routing;
  return (
    <Told>
      {pendingRows === 0 ? 'Everything is delivered.' : `${formatCountOf(pendingRows, 'event')} left.`}
      {drainUntil === null || pendingRows === 0 ? null : (
        <>
          {' '}
          What is not delivered by <ExactTime at={new Date(drainUntil)} now={now} /> becomes a gap.
        </>
      )}
    </Told>
  );
}

function Told({ children }: { readonly children: React.ReactNode }) {
  return <p className="max-w-[72ch] tabular-nums">{children}</p>;
}

/** What is at stake. */
export function heldSentence({ pendingRows, pendingBytes }: RoutingView): string {
  if (pendingRows === 0) return 'Nothing is waiting to be delivered.';
  const waits = pendingRows === 1 ? 'is' : 'are';
  return `${formatCountOf(pendingRows, 'event')} (${formatBytes(pendingBytes)}) ${waits} waiting to be delivered.`;
}
