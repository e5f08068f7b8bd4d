import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface RecipientFieldsProps {
  readonly error: string | undefined;
  readonly optional?: boolean;
}

/** Whom a link is for, and whether Sluice mails it to them. */
export function RecipientFields({ error, optional = false }: RecipientFieldsProps) {
  return (
    <>
      <Field name="recipient" label="E-mail of who runs AWS there" error={error} optional={optional}>
        {(control) => <Input {...control} type="email" placeholder="iam@aurora.example" />}
      </Field>
      <div className="flex items-start gap-2">
        <Checkbox id="isMailed" name="isMailed" value="yes" />
        <label htmlFor="isMailed">Mail the link to them as well</label>
      </div>
    </>
  );
}
