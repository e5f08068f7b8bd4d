import type { ReactNode } from 'react';
import { Field } from './field';
import { Input } from './input';

interface SecretFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error: string | undefined;
  readonly placeholder?: string;
  readonly autoComplete?: 'new-password' | 'current-password';
}

/** Takes a secret and never shows one: what is stored cannot be revealed, and a refused form forgets it. */
export function SecretField({
  name,
  label,
  hint,
  error,
  placeholder,
  autoComplete = 'new-password',
}: SecretFieldProps) {
  return (
    <Field name={name} label={label} hint={hint} error={error}>
      {(control) => (
        <Input
          {...control}
          type="password"
          autoComplete={autoComplete}
          spellCheck={false}
          data-secret
          placeholder={placeholder}
          className="font-mono text-sm"
        />
      )}
    </Field>
  );
}
