import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface RecipientFieldProps {
  readonly error: string | undefined;
  readonly optional?: boolean;
}

/** Whom a link is for. */
export function RecipientField({ error, optional = false }: RecipientFieldProps) {
  return (
    <Field name="recipient" label="E-mail of who runs AWS there" error={error} optional={optional}>
      {(control) => <Input {...control} type="email" placeholder="iam@aurora.example" />}
    </Field>
  );
}
