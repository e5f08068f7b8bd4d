'use client';

import { useTransition } from 'react';
import { toast } from 'sonner';
import type { ActionResult } from '@/components/forms/action-result';
import { unanswered } from '@/components/forms/unanswered';
import { ExactTime } from '@/components/time/exact-time';
import { Button } from '@/components/ui/button';
import type { CheckStep } from '@/lib/domain/access-check/step';
import type { AccessCheckView } from '@/lib/domain/access-check/view';
import { CheckRows } from './check-rows';

interface CheckActions {
  readonly check: (routingId: string) => Promise<ActionResult>;
  readonly retestRow: (routingId: string, checkId: string, step: CheckStep) => Promise<ActionResult>;
  readonly fixCopied: (routingId: string, checkId: string) => Promise<ActionResult>;
}

interface CheckSectionProps {
  readonly routingId: string;
  /** The newest one; null before the first. */
  readonly check: AccessCheckView | null;
  readonly now: Date;
  readonly isCustomer: boolean;
  /** Absent for readers who may not check, and where there is nothing to check. */
  readonly actions?: CheckActions | undefined;
}

const UNANSWERED = 'Sluice did not answer. Press it again.';

/** Whether the access works, row by row, with what to paste where it does not. */
export function CheckSection({ routingId, check, now, isCustomer, actions }: CheckSectionProps) {
  const [isPending, startTransition] = useTransition();
  const ask = (action: () => Promise<ActionResult>) =>
    startTransition(async () => {
      const result = await action().catch(unanswered(UNANSWERED));
      if (!result.ok) toast.error(result.message, { duration: 10_000 });
    });
  const isBusy = isPending || check?.state === 'running';
  return (
    <div className="grid grid-cols-1 gap-3 rounded-card border border-border bg-surface p-4 sm:p-6">
      <p role="status" data-testid="check-verdict" className="font-medium">
        {verdictOf(check)}
      </p>
      {check === null ? null : (
        <>
          <CheckRows
            check={check}
            now={now}
            isCustomer={isCustomer}
            onRetest={
              actions === undefined ? null : (step) => ask(() => actions.retestRow(routingId, check.id, step))
            }
            onCopied={() => {
              if (actions !== undefined) ask(() => actions.fixCopied(routingId, check.id));
            }}
          />
          <Times check={check} now={now} />
        </>
      )}
      {actions === undefined ? null : (
        <Button
          size="sm"
          className="w-fit"
          aria-disabled={isBusy}
          onClick={isBusy ? undefined : () => ask(() => actions.check(routingId))}
        >
          {isBusy ? 'Checking…' : check === null ? 'Check access' : 'Check everything again'}
        </Button>
      )}
    </div>
  );
}

function verdictOf(check: AccessCheckView | null): string {
  if (check === null) return 'The access has not been checked yet.';
  const { state, requiredPassed, requiredTotal } = check;
  const passed = `${requiredPassed} of ${requiredTotal} required checks passed.`;
  switch (state) {
    case 'running':
      return `Checking: ${passed}`;
    case 'passed':
      return `The access works: all ${requiredTotal} required checks passed.`;
    case 'failed':
      return `The access does not work yet: ${passed}`;
    case 'superseded':
      return 'A newer check has taken the place of this one.';
  }
}

function Times({ check, now }: { readonly check: AccessCheckView; readonly now: Date }) {
  const { lastTriedAt, retries } = check;
  if (lastTriedAt === null) return null;
  return (
    <p className="text-muted text-sm">
      Last tried <ExactTime at={new Date(lastTriedAt)} now={now} />
      {retries === null
        ? '.'
        : `, again by itself every ${retries.everySeconds} s. AWS needs up to a minute for a change.`}
    </p>
  );
}
