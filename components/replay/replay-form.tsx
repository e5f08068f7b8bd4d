'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import type { ActionRefusal, ActionResult, FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { unanswered } from '@/components/forms/unanswered';
import { useActionForm } from '@/components/forms/use-action-form';
import { FormSection } from '@/components/routings/form/form-section';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { formatCountOf } from '@/lib/domain/format/count';
import { planRefusal } from '@/lib/domain/replay/plan-refusal';
import type { ReplayPlan, ReplayView } from '@/lib/domain/replay/view';
import { DryRunResult } from './dry-run-result';
import { type ReplayDraft, replayHref } from './replay-address';
import { ReplayFields } from './replay-fields';
import { useLook } from './use-look';

export interface DryRunAnswer {
  readonly plan: ReplayPlan;
  readonly look: ReplayView | null;
}

interface ReplayFormProps {
  readonly routingId: string;
  readonly draft: ReplayDraft;
  readonly place: string;
  readonly dryRun: FormAction<DryRunAnswer>;
  readonly readLook: (replay: ReplayView) => Promise<ActionResult<ReplayView>>;
  readonly start: FormAction<ReplayView>;
}

/** Range, place, dry run, reason: nothing is written before the last button. */
export function ReplayForm({ routingId, draft, place, dryRun, readLook, start }: ReplayFormProps) {
  const [types, setTypes] = useState(draft.types);
  const [answer, setAnswer] = useState<DryRunAnswer | null>(null);
  const form = useActionForm({ action: dryRun, onDone: setAnswer });
  const filesHref = `/routings/${routingId}/files`;
  return (
    <div className="max-w-5xl rounded-card border border-border bg-surface">
      <form {...form.form} aria-label="Replay" onChange={() => setAnswer(null)}>
        <input type="hidden" name="routingId" value={routingId} />
        <ReplayFields
          draft={draft}
          types={types}
          onTypesChange={(next) => {
            setTypes(next);
            setAnswer(null);
          }}
          errorOf={form.errorOf}
          place={place}
        />
        <FormSection number={3} title="Dry run" lead="Counts what a replay would do, and writes nothing.">
          <Refusal refusal={form.refusal} />
          <Button type="submit" variant={answer === null ? 'primary' : 'secondary'} className="w-fit">
            {form.isPending ? 'Counting…' : 'See what it would do'}
          </Button>
        </FormSection>
      </form>
      {answer === null ? null : (
        <Confirm
          key={answer.look?.id ?? answer.plan.mode}
          answer={answer}
          formOf={() => new FormData(form.form.ref.current ?? undefined)}
          {...{ routingId, filesHref, readLook, start }}
        />
      )}
    </div>
  );
}

interface ConfirmProps extends Pick<ReplayFormProps, 'routingId' | 'readLook' | 'start'> {
  readonly answer: DryRunAnswer;
  readonly formOf: () => FormData;
  readonly filesHref: string;
}

function Confirm({ answer, formOf, routingId, filesHref, readLook, start }: ConfirmProps) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<ActionRefusal | null>(null);
  const [reason, setReason] = useState('');
  const [isPending, startTransition] = useTransition();
  const [now] = useState(() => new Date());
  const look = useLook(answer.look, readLook);
  const files = filesToWrite(answer.plan, look, now);
  const write = () =>
    startTransition(async () => {
      const data = formOf();
      data.set('reason', reason);
      const result = await start(data).catch(
        unanswered('Sluice did not answer. The list of replays says whether it has begun.'),
      );
      if (result.ok) router.push(replayHref(routingId, result.value.id));
      else setRefusal(result);
    });
  return (
    <div className="grid gap-4 border-border border-t p-4 sm:p-6">
      <DryRunResult plan={answer.plan} look={look} now={now} />
      {files === 0 ? null : (
        <Field name="reason" label="Reason" optional className="max-w-2xl">
          {(control) => (
            <Input {...control} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      )}
      <Refusal refusal={refusal} />
      <div className="flex flex-wrap gap-2">
        {files === 0 ? null : (
          <Button variant="primary" onClick={isPending ? undefined : write} aria-disabled={isPending}>
            {isPending
              ? 'Starting…'
              : files === null
                ? 'Start the replay'
                : `Write ${formatCountOf(files, 'file')}`}
          </Button>
        )}
        <Button asChild>
          <Link href={filesHref}>{files === 0 ? 'Back to the files' : 'Cancel'}</Link>
        </Button>
      </div>
    </div>
  );
}

/** How many files a replay would write; null where the bucket has not said it. */
function filesToWrite(plan: ReplayPlan, look: ReplayView | null, now: Date): number | null {
  if (planRefusal(plan, now) !== null) return 0;
  if (look === null) return plan.files - plan.notKept.files;
  if (look.state !== 'done') return null;
  // What could not be looked at may be missing: writing it never overwrites.
  return look.counts.missing + look.counts.failed;
}
