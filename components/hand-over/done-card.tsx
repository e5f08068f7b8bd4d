import { CircleCheck } from 'lucide-react';
import { ExactTime } from '@/components/time/exact-time';
import { formatAccount } from '@/lib/domain/destination/account';
import type { HandOverPageView } from '@/lib/domain/hand-over/page-view';

interface DoneCardProps {
  readonly view: HandOverPageView;
  readonly now: Date;
}

/** Nothing is left to do here: what passed, who has been told, and what happens next. */
export function DoneCard({ view, now }: DoneCardProps) {
  const { askedBy, submittedAt, isStarted, check } = view;
  if (submittedAt === null) return null;
  const account = check?.ownerAccountId ?? view.place.ownerAccountId;
  return (
    <section
      aria-labelledby="done"
      className="flex items-start gap-3 rounded-card border border-border bg-good-bg p-4 text-good sm:p-6"
    >
      <CircleCheck aria-hidden className="mt-1 size-5 shrink-0" />
      <div className="grid min-w-0 gap-1">
        <h2 id="done" className="font-semibold text-md">
          Done: nothing is left for you to do
        </h2>
        <p>
          {check === null || check.state !== 'passed'
            ? 'The access passed its check'
            : `All ${check.requiredTotal} required checks passed`}{' '}
          (<ExactTime at={new Date(submittedAt)} now={now} />
          ).{' '}
          {isStarted
            ? 'The destination was confirmed and the delivery was started.'
            : `${askedBy.name} has been told and will confirm ${account === null ? 'bucket and account' : `account ${formatAccount(account)}`} before anything is sent.`}
        </p>
      </div>
    </section>
  );
}
