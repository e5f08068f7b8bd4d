import { Field } from '@/components/ui/field';
import { SecretField } from '@/components/ui/secret-field';
import { MonoInput } from './mono-input';

interface AccessFieldsProps {
  readonly errorOf: (field: string) => string | undefined;
}

/** The keys of an IAM user. They are write-only: nothing that is stored is ever shown. */
export function AccessFields({ errorOf }: AccessFieldsProps) {
  return (
    <>
      <Field name="accessKeyId" label="Access key ID" error={errorOf('accessKeyId')}>
        {(control) => <MonoInput {...control} placeholder="AKIA…" />}
      </Field>
      <SecretField
        name="secretAccessKey"
        label="Secret access key"
        hint="Encrypted on arrival and never shown again. Not kept when this page finds something to correct: paste it again then."
        error={errorOf('secretAccessKey')}
      />
    </>
  );
}
