'use client';

import { useState } from 'react';
import type { ActionRefusal, FormAction } from '@/components/forms/action-result';
import { FormActions } from '@/components/forms/form-actions';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { AccessFields } from './access-fields';

const OWN_FIELDS = ['accessKeyId', 'secretAccessKey', 'reason'];

interface KeysDialogProps<T> {
  /** Creates the routing with what the page holds and with these keys. */
  readonly create: FormAction<T>;
  readonly onCreated: (created: T, notices: readonly string[]) => void;
  /** Something on the page itself needs attention first. */
  readonly onRefused: (refusal: ActionRefusal) => void;
}

/** For keys that reached us some other way: they are entered with the reason why it was not the customer. */
export function KeysDialog<T>({ create, onCreated, onRefused }: KeysDialogProps<T>) {
  const [isOpen, setOpen] = useState(false);
  const refuseElsewhere = (refusal: ActionRefusal) => {
    setOpen(false);
    onRefused(refusal);
  };
  return (
    <>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        I have the keys already…
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Create with access keys"
        description="A hand-over link keeps secrets out of mailboxes. Where the keys have come another way, say why: it is kept in the audit, which the customer reads."
      >
        <KeysForm
          create={create}
          onCreated={onCreated}
          onRefused={refuseElsewhere}
          onCancel={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}

function KeysForm<T>(props: KeysDialogProps<T> & { readonly onCancel: () => void }) {
  const { create, onCreated, onRefused, onCancel } = props;
  const { form, isPending, refusal, errorOf } = useActionForm<T>({
    action: async (data) => {
      const result = await create(data);
      if (!result.ok && Object.keys(result.fieldErrors).some((field) => !OWN_FIELDS.includes(field))) {
        onRefused(result);
      }
      return result;
    },
    onDone: onCreated,
  });
  return (
    <form {...form} aria-label="Access keys" className="grid gap-4">
      <input type="hidden" name="access" value="now" />
      <AccessFields errorOf={errorOf} />
      <Field name="reason" label="Reason" error={errorOf('reason')}>
        {(control) => <Input {...control} placeholder="Sent by their encrypted file share" />}
      </Field>
      <Refusal refusal={refusal} />
      <FormActions
        label="Create with these keys"
        pendingLabel="Creating…"
        isPending={isPending}
        onCancel={onCancel}
      />
    </form>
  );
}
