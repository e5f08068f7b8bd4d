'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { FormActions } from '@/components/forms/form-actions';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { s3Address } from '@/components/routings/place';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup, RadioItem } from '@/components/ui/radio-group';
import type { HeldCutView } from '@/lib/domain/delivery/held-cut-view';
import { formatCountOf } from '@/lib/domain/format/count';
import type { RoutingView } from '@/lib/domain/routing/view';

interface ReleaseDialogProps {
  readonly routing: RoutingView;
  readonly cut: HeldCutView;
  readonly action: FormAction<RoutingView>;
}

/** Asks where the files of a cut shall go that cannot be delivered where they were sealed for, and says what follows. */
export function ReleaseDialog({ routing, cut, action }: ReleaseDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const rows = cut.files.reduce((sum, file) => sum + file.rows, 0);
  const what = `${formatCountOf(cut.files.length, 'file')} with ${formatCountOf(rows, 'event')}`;
  const close = () => setOpen(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Release…
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Release what stands still"
        description={`${what} will not be tried at the old place any more. This is written to the audit and cannot be undone.`}
      >
        <ReleaseForm routing={routing} cut={cut} action={action} onClose={close} />
      </Dialog>
    </>
  );
}

function ReleaseForm({
  routing,
  cut,
  action,
  onClose,
}: ReleaseDialogProps & { readonly onClose: () => void }) {
  const { form, isPending, refusal, errorOf } = useActionForm({
    action,
    onDone: () => {
      onClose();
      toast('Released. The lane goes on.');
    },
  });
  const isAccepted = errorOf('mayExistInBothPlaces') === undefined;
  const mayExist = cut.files.some((file) => file.mayExist);
  return (
    <form {...form} className="grid gap-4">
      <input type="hidden" name="routingId" value={routing.id} />
      <input type="hidden" name="cutId" value={cut.cutId} />
      <input type="hidden" name="generation" value={cut.generation} />
      <p className="max-w-[72ch] text-sm">
        {mayExist
          ? 'Some of it may exist at the old place already: an answer was lost. Its events would then be in both places.'
          : 'Every try was refused: nothing of it is known to exist at the old place.'}
      </p>
      <Targets address={s3Address(routing.destination)} />
      <Field name="reason" id={`reason-${cut.cutId}`} label="Reason" error={errorOf('reason')}>
        {(control) => <Input {...control} autoComplete="off" />}
      </Field>
      <label htmlFor={`accept-${cut.cutId}`} className="flex items-start gap-2">
        <Checkbox
          id={`accept-${cut.cutId}`}
          name="mayExistInBothPlaces"
          value="true"
          {...(isAccepted ? {} : { 'aria-describedby': `accept-${cut.cutId}-error` })}
        />
        <span>I accept that these events may exist in both places.</span>
      </label>
      {isAccepted ? null : (
        <p id={`accept-${cut.cutId}-error`} className="text-bad text-sm">
          Tick the box above: nothing is released without it.
        </p>
      )}
      <Refusal refusal={refusal} />
      <FormActions
        label="Release"
        pendingLabel="Releasing…"
        isPending={isPending}
        onCancel={onClose}
        isGrave
      />
    </form>
  );
}

function Targets({ address }: { readonly address: string }) {
  return (
    <RadioGroup name="to" defaultValue="present_destination" aria-label="Where to">
      <label htmlFor="release-to-present" className="flex items-start gap-2">
        <RadioItem id="release-to-present" value="present_destination" />
        <span className="min-w-0">
          Deliver it under a new name to{' '}
          <span className="break-all font-mono text-xs leading-5">{address}</span>
        </span>
      </label>
      <label htmlFor="release-to-gap" className="flex items-start gap-2">
        <RadioItem id="release-to-gap" value="gap" />
        <span className="min-w-0">Give it up: its events are recorded as a gap and are not delivered</span>
      </label>
    </RadioGroup>
  );
}
