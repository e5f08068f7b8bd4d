import type { ActionResult, FormAction } from '@/components/forms/action-result';
import type { AccessCheckView } from '@/lib/domain/access-check/view';
import type { HandOverPageView } from '@/lib/domain/hand-over/page-view';
import { AccessStep } from './access-step';
import { BucketStep } from './bucket-step';
import { DoneCard } from './done-card';
import { IntroCard } from './intro-card';
import type { PassedOnLink } from './pass-on-dialog';
import { PromiseCard } from './promise-card';

export interface HandOverActions {
  readonly giveAccess: FormAction;
  readonly passOn: FormAction<PassedOnLink>;
  readonly decline: () => Promise<ActionResult>;
}

interface HandOverStepsProps {
  readonly view: HandOverPageView;
  /** The newest check of the routing's access; null before there was one. */
  readonly check: AccessCheckView | null;
  readonly vendorName: string | null;
  readonly now: Date;
  readonly actions: HandOverActions;
}

/** Everything that the holder of a link sees and does, from top to bottom. */
export function HandOverSteps({ view, check, vendorName, now, actions }: HandOverStepsProps) {
  const isDone = view.submittedAt !== null;
  return (
    <>
      <IntroCard
        view={view}
        vendorName={vendorName}
        now={now}
        passOn={actions.passOn}
        decline={actions.decline}
      />
      {isDone ? <DoneCard view={view} check={check} now={now} /> : null}
      <PromiseCard place={view.place} />
      <BucketStep view={view} />
      <AccessStep view={view} now={now} action={actions.giveAccess} />
    </>
  );
}
