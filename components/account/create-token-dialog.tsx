'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { Button } from '@/components/ui/button';
import { CopyBlock } from '@/components/ui/copy-block';
import { Dialog } from '@/components/ui/dialog';
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
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<MadeToken | null>(null);
  const change = (open: boolean) => {
    setOpen(open);
    if (!open) setMade(null);
  };
  return (
    <>
      <Button size="sm" onClick={() => change(true)}>
        <Plus aria-hidden />
        New token
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={change}
        title={made === null ? 'New API token' : 'Copy the token now'}
        description={
          made === null
            ? 'A program that uses it may do what you may do, and never more.'
            : 'It is kept only as a fingerprint and cannot be shown again.'
        }
      >
        {made === null ? (
          <TokenForm action={action} onMade={setMade} onCancel={() => change(false)} />
        ) : (
          <div className="grid gap-4">
            <CopyBlock what="token" text={made.token} />
            <div className="grid gap-1">
              <p className="font-medium text-sm">Try it: this lists the routings you see</p>
              <CopyBlock
                what="command"
                text={`curl '${apiUrl}/routings' \\\n  -H 'Authorization: Bearer ${made.token}'`}
              />
            </div>
            <div className="flex justify-end">
              <Button variant="primary" onClick={() => change(false)}>
                I have copied it
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
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
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary">
          {isPending ? 'Creating…' : 'Create token'}
        </Button>
      </div>
    </form>
  );
}
