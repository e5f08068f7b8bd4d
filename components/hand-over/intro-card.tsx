import type { ActionResult, FormAction } from '@/components/forms/action-result';
import { ExactTime } from '@/components/time/exact-time';
import type { HandOverPageView } from '@/lib/domain/hand-over/page-view';
import { DeclineButton } from './decline-button';
import { type PassedOnLink, PassOnDialog } from './pass-on-dialog';
import { PassedOnList } from './passed-on-list';

interface IntroCardProps {
  readonly view: HandOverPageView;
  readonly vendorName: string | null;
  readonly now: Date;
  /** Where it is not a page of its own, that page has its heading already. */
  readonly heading?: 'h1' | 'h3';
  readonly passOn: FormAction<PassedOnLink>;
  readonly decline: () => Promise<ActionResult>;
}

/** Who asks for what, until when, and the two ways out for whoever is not the right person. */
export function IntroCard(props: IntroCardProps) {
  const { view, vendorName, now, heading: Heading = 'h1', passOn, decline } = props;
  const { askedBy, askedAt, expiresAt, passedOnBy, organizationName, submittedAt } = view;
  return (
    <section className="rounded-card border border-border bg-surface p-4 sm:p-6">
      <Heading className="font-semibold text-lg">
        {vendorName ?? 'Your data provider'} asks to deliver {possessive(organizationName)} events to your S3
        bucket
      </Heading>
      <p className="mt-2 text-muted">
        Asked by {askedBy.name},{' '}
        <a className="text-accent underline" href={`mailto:${askedBy.email}`}>
          {askedBy.email}
        </a>
        , <ExactTime at={new Date(askedAt)} now={now} />
        {passedOnBy === null ? null : <>, and passed on to you by {passedOnBy}</>}. The link ends{' '}
        <ExactTime at={new Date(expiresAt)} now={now} />.
      </p>
      {submittedAt === null ? (
        <div className="mt-4 flex flex-wrap gap-2">
          <PassOnDialog action={passOn} />
          <DeclineButton askedBy={askedBy.name} action={decline} />
        </div>
      ) : null}
      <PassedOnList passedOn={view.passedOn} now={now} />
    </section>
  );
}

function possessive(name: string): string {
  return name.endsWith('s') ? `${name}’` : `${name}’s`;
}
