'use client';

import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { AccessChoiceFields } from '@/components/routings/form/access-choice-fields';
import type { AccessWay } from '@/components/routings/form/access-way-radios';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { HandOverPageView } from '@/lib/domain/hand-over/page-view';

interface AccessFormProps {
  readonly view: HandOverPageView;
  readonly action: FormAction;
  readonly way: AccessWay;
  readonly onChoose: (way: AccessWay) => void;
  readonly onStored: () => void;
}

/** Takes the access, and whose bucket it is for where nobody has said so. */
export function AccessForm({ view, action, way, onChoose, onStored }: AccessFormProps) {
  const { place, access } = view;
  const { form, isPending, refusal, errorOf } = useActionForm({
    action,
    onDone: (_, notices) => {
      for (const notice of notices) toast(notice);
      onStored();
    },
  });
  return (
    <form {...form} aria-label="Access" className="grid gap-4">
      <input type="hidden" name="destinationVersion" value={place.destinationVersion} />
      {place.ownerAccountId === null && place.endpoint === '' ? (
        <Field
          name="ownerAccountId"
          label="AWS account that owns the bucket"
          hint="12 digits. We make sure that the bucket is in this account before anything is sent."
          error={errorOf('ownerAccountId')}
          optional
        >
          {(control) => <Input {...control} inputMode="numeric" placeholder="1234 5678 9012" />}
        </Field>
      ) : null}
      <AccessChoiceFields
        errorOf={errorOf}
        ways={view.ways}
        isRolePossible={view.principalArn !== null}
        way={way}
        onChoose={onChoose}
      />
      <Refusal refusal={refusal} />
      <Button type="submit" variant="primary" className="w-full sm:w-fit">
        {isPending ? 'Storing…' : access === null ? 'Hand over and check' : 'Replace and check'}
      </Button>
    </form>
  );
}
