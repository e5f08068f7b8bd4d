'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { FormActions } from '@/components/forms/form-actions';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { DestinationVersionView } from '@/lib/domain/destination/version-view';

interface CompromiseDialogProps {
  readonly routingId: string;
  readonly version: DestinationVersionView;
  readonly action: FormAction<null>;
}

/** Says that the access of a version must never be used again, and why. */
export function CompromiseDialog(props: CompromiseDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const { version, state, accessKeyIdLast4 } = props.version;
  const which = accessKeyIdLast4 === null ? 'Its role' : `The access key that ends in ${accessKeyIdLast4}`;
  const effect =
    state === 'in_use'
      ? 'Delivery goes on with it until new access has passed its check: remove it in AWS right after.'
      : 'Nothing goes back to it. Remove it in AWS.';
  return (
    <>
      <Button
        size="sm"
        aria-label={`Mark the access of version ${version} as compromised`}
        onClick={() => setOpen(true)}
      >
        Compromised…
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={`Mark the access of version ${version} as compromised`}
        description={`${which} is in hands it must not be in. ${effect} This is not taken back.`}
      >
        <CompromiseForm {...props} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function CompromiseForm({
  routingId,
  version,
  action,
  onClose,
}: CompromiseDialogProps & { readonly onClose: () => void }) {
  const { form, isPending, refusal, errorOf } = useActionForm({
    action,
    onDone: () => {
      onClose();
      toast(`The access of version ${version.version} is never used again.`);
    },
  });
  return (
    <form {...form} className="grid gap-4" aria-label="Mark as compromised">
      <input type="hidden" name="routingId" value={routingId} />
      <input type="hidden" name="destinationVersion" value={version.version} />
      <Field name="reason" id="compromise-reason" label="Reason" error={errorOf('reason')}>
        {(control) => <Input {...control} autoComplete="off" />}
      </Field>
      <Refusal refusal={refusal} />
      <FormActions
        label="Mark as compromised"
        pendingLabel="Marking…"
        isPending={isPending}
        onCancel={onClose}
        isGrave
      />
    </form>
  );
}
