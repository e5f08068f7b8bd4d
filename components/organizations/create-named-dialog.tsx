'use client';

import type { FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { NamedRef } from '@/lib/domain/routing/view';

interface CreateNamedDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What is made, as in "New organization" and "Create organization". */
  readonly noun: string;
  readonly description: string;
  readonly example: string;
  /** Sent along with the name, for example the organization of a new workspace. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly action: FormAction<NamedRef>;
  readonly onCreated: (created: NamedRef) => void;
}

/** Makes something that needs only a name, without leaving the page. */
export function CreateNamedDialog(props: CreateNamedDialogProps) {
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={`New ${props.noun}`}
      description={props.description}
    >
      <NameForm {...props} />
    </Dialog>
  );
}

function NameForm({ noun, example, hidden = {}, action, onCreated, onOpenChange }: CreateNamedDialogProps) {
  const { form, isPending, refusal, errorOf } = useActionForm({
    action,
    onDone: (created) => {
      onOpenChange(false);
      onCreated(created);
    },
  });
  return (
    <form {...form} className="grid gap-4">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field name="name" id={`new-${noun}-name`} label="Name" hint={example} error={errorOf('name')}>
        {(control) => <Input {...control} />}
      </Field>
      <Refusal refusal={refusal} />
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" variant="primary">
          {isPending ? 'Creating…' : `Create ${noun}`}
        </Button>
      </div>
    </form>
  );
}
