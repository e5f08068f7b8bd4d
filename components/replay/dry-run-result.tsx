'use client';

import { CircleAlert, Info } from 'lucide-react';
import { planRefusal } from '@/lib/domain/replay/plan-refusal';
import type { ReplayPlan, ReplayView } from '@/lib/domain/replay/view';
import { causeSentence } from '@/lib/domain/routing/cause-sentence';
import { lookSentence, planNotes, planSentence } from './replay-words';

interface DryRunResultProps {
  readonly plan: ReplayPlan;
  readonly look: ReplayView | null;
  readonly now: Date;
}

/** What a replay would do, in sentences; the bucket's answer follows as it comes. */
export function DryRunResult({ plan, look, now }: DryRunResultProps) {
  const refusal = planRefusal(plan, now);
  return (
    <div role="status" data-testid="dry-run" className="grid max-w-[72ch] gap-2">
      <p className="font-medium tabular-nums">{planSentence(plan)}</p>
      {plan.place === null ? null : (
        <p className="break-all">
          All of them would be written under{' '}
          <span className="font-mono text-xs">
            s3://{plan.place.bucket}/{plan.place.prefix}…/
          </span>
        </p>
      )}
      {look === null ? null : <p className="tabular-nums">{lookState(look)}</p>}
      {planNotes(plan, now).map((note) => (
        <p key={note} className="flex items-start gap-2 text-muted text-sm">
          <Info aria-hidden className="mt-0.5 size-4 shrink-0" />
          {note}
        </p>
      ))}
      {refusal === null ? null : (
        <p className="flex items-start gap-2 text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {refusal}
        </p>
      )}
    </div>
  );
}

function lookState(look: ReplayView): string {
  if (look.state === 'cancelled') return 'Another dry run of this routing has taken the place of this one.';
  if (look.state === 'running' && look.isPaused) {
    return 'The routing stands still, so the bucket is not looked at. A replay started now waits until it runs again.';
  }
  if (look.state === 'running' && look.heldCause !== null) return causeSentence(look.heldCause);
  return lookSentence(look);
}
