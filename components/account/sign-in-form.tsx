'use client';

import { useRouter } from 'next/navigation';
import { signIn } from 'next-auth/react';
import type { ActionRefusal, ActionResult } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SecretField } from '@/components/ui/secret-field';

/** Proves who somebody is and leads to where they wanted to go. */
export function SignInForm({ returnTo }: { readonly returnTo: string }) {
  const router = useRouter();
  const { form, isPending, refusal, errorOf } = useActionForm({
    action: prove,
    onDone: () => {
      router.replace(returnTo);
      router.refresh();
    },
  });
  return (
    <form {...form} className="grid gap-4">
      <Field name="email" label="E-mail" error={errorOf('email')}>
        {(control) => <Input {...control} type="email" autoComplete="username" autoCapitalize="none" />}
      </Field>
      <SecretField
        name="password"
        label="Password"
        autoComplete="current-password"
        error={errorOf('password')}
      />
      <Refusal refusal={refusal} />
      <Button type="submit" variant="primary">
        {isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}

async function prove(form: FormData): Promise<ActionResult> {
  const email = String(form.get('email') ?? '').trim();
  const password = String(form.get('password') ?? '');
  const missing = {
    ...(email === '' ? { email: 'Enter your e-mail address.' } : {}),
    ...(password === '' ? { password: 'Enter your password.' } : {}),
  };
  if (Object.keys(missing).length > 0) return refuse('VALIDATION', '', missing);
  const answer = await signIn('credentials', { redirect: false, email, password });
  if (answer?.ok === true && !answer.error) return { ok: true, value: null, notices: [] };
  // Sentences made for people come through as they are; a wrong password comes as next-auth's own word.
  const isWrong = answer?.error === undefined || answer.error === 'CredentialsSignin';
  return isWrong
    ? refuse('UNAUTHENTICATED', 'The e-mail address or the password is not right.')
    : refuse('LIMIT', answer?.error ?? '');
}

function refuse(
  code: ActionRefusal['code'],
  message: string,
  fieldErrors: ActionRefusal['fieldErrors'] = {},
): ActionRefusal {
  return { ok: false, code, message, fieldErrors };
}
