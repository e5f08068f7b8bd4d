'use client';

import type { FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { MonoInput } from '@/components/routings/form/mono-input';
import { PlaceFields } from '@/components/routings/form/place-fields';
import { usePlace } from '@/components/routings/form/use-place';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';

interface PlaceFormProps {
  /** Empty for AWS: decided by whoever asks. */
  readonly endpoint: string;
  readonly action: FormAction;
}

/** Asks which bucket it shall be, where whoever asks has left that to the customer. */
export function PlaceForm({ endpoint, action }: PlaceFormProps) {
  const state = usePlace({ endpoint, bucket: '', region: '', prefix: '' }, []);
  const { form, isPending, refusal, errorOf } = useActionForm({ action, onDone: () => undefined });
  return (
    <form {...form} aria-label="Bucket" className="grid gap-4">
      <p>Which bucket shall the files be written to?</p>
      <PlaceFields state={state} kmsKeyArn="" errorOf={errorOf} />
      {endpoint === '' ? (
        <Field
          name="ownerAccountId"
          id="bucket-ownerAccountId"
          label="AWS account that owns the bucket"
          hint="12 digits. We make sure that the bucket is in this account before anything is sent."
          error={errorOf('ownerAccountId')}
          optional
        >
          {(control) => <MonoInput {...control} inputMode="numeric" placeholder="1234 5678 9012" />}
        </Field>
      ) : null}
      <Refusal refusal={refusal} />
      <Button type="submit" variant="primary" className="w-full sm:w-fit">
        {isPending ? 'Storing…' : 'Use this bucket'}
      </Button>
    </form>
  );
}
