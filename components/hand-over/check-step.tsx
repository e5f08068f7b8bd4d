'use client';

import { useTransition } from 'react';
import { toast } from 'sonner';
import { CheckRows } from '@/components/access-check/check-rows';
import type { ActionResult } from '@/components/forms/action-result';
import { unanswered } from '@/components/forms/unanswered';
import { Button } from '@/components/ui/button';
import type { CheckStep as CheckStepName } from '@/lib/domain/access-check/step';
import type { AccessCheckView } from '@/lib/domain/access-check/view';
import type { HandOverPageView } from '@/lib/domain/hand-over/page-view';
import { checkSentence } from './link-words';
import { StepCard } from './step-card';

interface CheckActions {
  readonly checkAgain: () => Promise<ActionResult>;
  readonly retestRow: (checkId: string, step: CheckStepName) => Promise<ActionResult>;
  readonly fixCopied: (checkId: string) => Promise<ActionResult>;
}

interface CheckStepProps {
  readonly view: HandOverPageView;
  readonly now: Date;
  readonly actions: CheckActions;
}

const UNANSWERED = 'Sluice did not answer. Press it again.';

/** What came of the access so far, row by row, as the check runs. */
export function CheckStep({ view: { check, submittedAt }, now, actions }: CheckStepProps) {
  const [isPending, startTransition] = useTransition();
  const ask = (action: () => Promise<ActionResult>) =>
    startTransition(async () => {
      const result = await action().catch(unanswered(UNANSWERED));
      if (!result.ok) toast.error(result.message, { duration: 10_000 });
    });
  if (check === null) {
    return (
      <StepCard number={3} title="Check">
        <p className="text-muted">Starts by itself once access is there; each row appears as it runs.</p>
      </StepCard>
    );
  }
  const isOpen = submittedAt === null;
  return (
    <StepCard number={3} title="Check">
      <p aria-live="polite">{checkSentence(check)}</p>
      <CheckRows
        check={check}
        now={now}
        onRetest={isOpen ? (step) => ask(() => actions.retestRow(check.id, step)) : null}
        onCopied={() => ask(() => actions.fixCopied(check.id))}
      />
      <Retries check={check} />
      {isOpen && check.state === 'failed' ? (
        <Button size="sm" className="w-fit" onClick={isPending ? undefined : () => ask(actions.checkAgain)}>
          {isPending ? 'Asking…' : 'Check everything again'}
        </Button>
      ) : null}
    </StepCard>
  );
}

function Retries({ check: { retries } }: { readonly check: AccessCheckView }) {
  if (retries === null) return null;
  return (
    <p className="text-muted text-sm">What failed is tried again by itself every {retries.everySeconds} s.</p>
  );
}
