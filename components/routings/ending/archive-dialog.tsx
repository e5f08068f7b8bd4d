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
import type { RoutingView } from '@/lib/domain/routing/view';

interface ArchiveDialogProps {
  readonly routing: RoutingView;
  readonly action: FormAction<RoutingView>;
}

/** Asks for the name of the routing: what this destroys does not come back. */
export function ArchiveDialog({ routing, action }: ArchiveDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <div>
        <Button onClick={() => setOpen(true)}>Archive…</Button>
      </div>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={`Archive ${routing.name}`}
        description="Its credentials are destroyed and cannot be restored. It leaves the lists; its history stays and can be found under Archived."
      >
        <ArchiveForm routing={routing} action={action} onClose={close} />
      </Dialog>
    </>
  );
}

function ArchiveForm({ routing, action, onClose }: ArchiveDialogProps & { readonly onClose: () => void }) {
  const { form, isPending, refusal, errorOf } = useActionForm({
    action,
    onDone: () => {
      onClose();
      toast('Archived. The credentials are destroyed.');
    },
  });
  return (
    <form {...form} className="grid gap-4" aria-label="Archive">
      <input type="hidden" name="routingId" value={routing.id} />
      <Field
        name="name"
        id="archive-name"
        label="Name of the routing"
        hint={`Type ${routing.name}`}
        error={errorOf('name')}
      >
        {(control) => <Input {...control} autoComplete="off" />}
      </Field>
      <Field name="reason" id="archive-reason" label="Reason" error={errorOf('reason')}>
        {(control) => <Input {...control} autoComplete="off" />}
      </Field>
      <Refusal refusal={refusal} />
      <FormActions
        label="Archive"
        pendingLabel="Archiving…"
        isPending={isPending}
        onCancel={onClose}
        isGrave
      />
    </form>
  );
}
