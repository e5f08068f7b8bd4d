import type { ActionResult, FormAction } from '@/components/forms/action-result';
import { SampleCard } from '@/components/sample/sample-card';
import type { CheckStep as CheckStepName } from '@/lib/domain/access-check/step';
import type { HandOverPageView } from '@/lib/domain/hand-over/page-view';
import { AccessStep } from './access-step';
import { BucketStep } from './bucket-step';
import { CheckStep } from './check-step';
import { DoneCard } from './done-card';
import { IntroCard } from './intro-card';
import type { PassedOnLink } from './pass-on-dialog';
import { PromiseCard } from './promise-card';
import { Queries } from './queries';

export interface HandOverActions {
  readonly namePlace: FormAction;
  readonly giveAccess: FormAction;
  readonly passOn: FormAction<PassedOnLink>;
  readonly decline: () => Promise<ActionResult>;
  readonly checkAgain: () => Promise<ActionResult>;
  readonly retestRow: (checkId: string, step: CheckStepName) => Promise<ActionResult>;
  readonly fixCopied: (checkId: string) => Promise<ActionResult>;
}

interface HandOverStepsProps {
  readonly view: HandOverPageView;
  readonly vendorName: string | null;
  readonly now: Date;
  readonly actions: HandOverActions;
}

/** Everything that the holder of a link sees and does, from top to bottom. */
export function HandOverSteps({ view, vendorName, now, actions }: HandOverStepsProps) {
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
      {isDone ? <DoneCard view={view} now={now} /> : null}
      {view.sample === null ? null : (
        <section aria-labelledby="sample" className="grid grid-cols-1 gap-3">
          <h2 id="sample" className="font-semibold text-md">
            What lands in your bucket
          </h2>
          <SampleCard sample={view.sample} now={now} />
          <Queries
            place={{
              ...view.place,
              dataTypes: view.sample.files.map(({ dataType }) => dataType),
              sinceYear: new Date(view.sample.writtenAt).getUTCFullYear(),
            }}
          />
        </section>
      )}
      <PromiseCard place={view.place} />
      <BucketStep view={view} action={actions.namePlace} />
      <AccessStep view={view} now={now} action={actions.giveAccess} />
      <CheckStep view={view} now={now} actions={actions} />
    </>
  );
}
