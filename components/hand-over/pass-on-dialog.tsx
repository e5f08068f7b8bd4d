'use client';

import { useState } from 'react';
import type { FormAction } from '@/components/forms/action-result';
import { FormActions } from '@/components/forms/form-actions';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { Button } from '@/components/ui/button';
import { CopyBlock } from '@/components/ui/copy-block';
import { Dialog } from '@/components/ui/dialog';
import { RecipientFields } from './recipient-fields';

export interface PassedOnLink {
  readonly recipient: string;
  readonly address: string;
  readonly isMailed: boolean;
}

interface PassOnDialogProps {
  readonly action: FormAction<PassedOnLink>;
}

/** Makes a link of its own for whoever is the right person, and shows it this once. */
export function PassOnDialog({ action }: PassOnDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<PassedOnLink | null>(null);
  const change = (open: boolean) => {
    setOpen(open);
    if (!open) setMade(null);
  };
  return (
    <>
      <Button size="sm" onClick={() => change(true)}>
        Not me: pass it on
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={change}
        title={made === null ? 'Pass it on' : `A link for ${made.recipient}`}
        description={
          made === null
            ? 'Makes a link of its own for the right person. Yours goes on working until one of you is done.'
            : 'Shown this once. Whoever has it can hand over access, so send it to nobody else.'
        }
      >
        {made === null ? (
          <PassOnForm action={action} onDone={setMade} onCancel={() => change(false)} />
        ) : (
          <div className="grid gap-4">
            {made.isMailed ? <p>It is on its way to {made.recipient} by mail as well.</p> : null}
            <CopyBlock what="link" text={made.address} />
            <div className="flex justify-end">
              <Button variant="primary" onClick={() => change(false)}>
                Done
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  );
}

interface PassOnFormProps extends PassOnDialogProps {
  readonly onDone: (made: PassedOnLink) => void;
  readonly onCancel: () => void;
}

function PassOnForm({ action, onDone, onCancel }: PassOnFormProps) {
  const { form, isPending, refusal, errorOf } = useActionForm({ action, onDone });
  return (
    <form {...form} className="grid gap-4">
      <RecipientFields error={errorOf('recipient')} />
      <Refusal refusal={refusal} />
      <FormActions label="Make the link" pendingLabel="Making…" isPending={isPending} onCancel={onCancel} />
    </form>
  );
}
