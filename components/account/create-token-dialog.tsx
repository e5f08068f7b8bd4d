'use client';

import { useState } from 'react';
import type { FormAction } from '@/components/forms/action-result';
import { FormActions } from '@/components/forms/form-actions';
import { Refusal } from '@/components/forms/refusal';
import { ShowOnceDialog } from '@/components/forms/show-once-dialog';
import { useActionForm } from '@/components/forms/use-action-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';

export interface MadeToken {
  readonly token: string;
}

interface CreateTokenDialogProps {
  /** The address of the management API, for the ready command. */
  readonly apiUrl: string;
  readonly action: FormAction<MadeToken>;
}

const LIVES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '365 days' },
];

/** Makes a token of the management API and shows it once. */
export function CreateTokenDialog({ apiUrl, action }: CreateTokenDialogProps) {
  return (
    <ShowOnceDialog<MadeToken>
      noun="token"
      title="New API token"
      description="A program that uses it may do what you may do, and never more."
      form={(on) => <TokenForm action={action} onMade={on.made} onCancel={on.cancel} />}
      show={({ token }) => ({
        secret: token,
        tryIt: {
          sentence: 'Try it: this lists the routings you see',
          command: `curl '${apiUrl}/routings' \\\n  -H 'Authorization: Bearer ${token}'`,
        },
      })}
    />
  );
}

interface TokenFormProps {
  readonly action: FormAction<MadeToken>;
  readonly onMade: (made: MadeToken) => void;
  readonly onCancel: () => void;
}

function TokenForm({ action, onMade, onCancel }: TokenFormProps) {
  const [days, setDays] = useState('90');
  const { form, isPending, refusal, errorOf } = useActionForm({ action, onDone: onMade });
  return (
    <form {...form} className="grid gap-4">
      <Field name="name" id="token-name" label="Name" hint="Which program uses it." error={errorOf('name')}>
        {(control) => <Input {...control} />}
      </Field>
      <Field name="expiresInDays" label="Lives for" error={errorOf('expiresInDays')}>
        {(control) => (
          <Select
            control={control}
            options={LIVES}
            value={days}
            placeholder="Choose"
            onValueChange={setDays}
          />
        )}
      </Field>
      <Refusal refusal={refusal} />
      <FormActions label="Create token" pendingLabel="Creating…" isPending={isPending} onCancel={onCancel} />
    </form>
  );
}
