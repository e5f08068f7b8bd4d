'use client';

import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SecretField } from '@/components/ui/secret-field';
import { FormSection } from './form-section';

interface AccessSectionProps {
  readonly number?: number;
  /** The last four signs of the stored key id; null when there is none yet. */
  readonly storedLast4: string | null;
  readonly errorOf: (field: string) => string | undefined;
}

/** The IAM user's keys. Stored ones are never shown; leaving both fields empty keeps them. */
export function AccessSection({ number, storedLast4, errorOf }: AccessSectionProps) {
  const isStored = storedLast4 !== null;
  return (
    <FormSection
      number={number}
      title="Access"
      lead={
        isStored
          ? `The key that ends in ${storedLast4} is stored. Leave both fields empty to keep it.`
          : 'The access keys of an IAM user that may write to the bucket. They are encrypted on arrival and never shown again.'
      }
    >
      <Field name="accessKeyId" label="Access key ID" error={errorOf('accessKeyId')}>
        {(control) => (
          <Input
            {...control}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            placeholder={isStored ? `Stored, ends in ${storedLast4}` : undefined}
            className="font-mono text-sm"
          />
        )}
      </Field>
      <SecretField
        name="secretAccessKey"
        label="Secret access key"
        hint="Not kept when this page finds something to correct: paste it again then."
        error={errorOf('secretAccessKey')}
        placeholder={isStored ? 'Stored, cannot be shown' : undefined}
      />
    </FormSection>
  );
}
