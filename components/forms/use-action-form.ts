'use client';

import { type FormEvent, type RefObject, useEffect, useRef, useState, useTransition } from 'react';
import type { ActionRefusal, FormAction } from './action-result';

interface Options<T> {
  readonly action: FormAction<T>;
  readonly onDone: (value: T, notices: readonly string[]) => void;
}

interface ActionForm {
  readonly formRef: RefObject<HTMLFormElement | null>;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly isPending: boolean;
  readonly refusal: ActionRefusal | null;
  readonly errorOf: (field: string) => string | undefined;
}

const UNREACHABLE: ActionRefusal = {
  ok: false,
  code: 'UNAVAILABLE',
  message: 'Sluice did not answer, so it is not known whether this was saved. Reload the page to see.',
  fieldErrors: {},
};

/**
 * Sends a form to a server action and keeps what was typed, except secrets (`data-secret`), when it is refused.
 * The first field that needs attention, or else the sentence of the refusal, gets the focus.
 */
export function useActionForm<T>({ action, onDone }: Options<T>): ActionForm {
  const formRef = useRef<HTMLFormElement>(null);
  const [isPending, startTransition] = useTransition();
  const [refusal, setRefusal] = useState<ActionRefusal | null>(null);

  useEffect(() => {
    if (refusal === null) return;
    clearSecrets(formRef.current);
    formRef.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-refusal]')?.focus();
  }, [refusal]);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // A dialog's form bubbles through React's tree to the form behind it.
    event.stopPropagation();
    if (isPending) return;
    const form = new FormData(event.currentTarget);
    startTransition(async () => {
      const result = await action(form).catch(() => UNREACHABLE);
      if (!result.ok) return setRefusal(result);
      setRefusal(null);
      onDone(result.value, result.notices);
    });
  };

  return { formRef, onSubmit, isPending, refusal, errorOf: (field) => refusal?.fieldErrors[field] };
}

/** Empties the secret fields of a form. */
export function clearSecrets(form: HTMLFormElement | null): void {
  for (const input of form?.querySelectorAll<HTMLInputElement>('[data-secret]') ?? []) input.value = '';
}
