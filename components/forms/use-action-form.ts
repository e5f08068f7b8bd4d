'use client';

import { type FormEvent, type RefObject, useEffect, useRef, useState, useTransition } from 'react';
import type { ActionRefusal, FormAction } from './action-result';

interface Options<T> {
  readonly action: FormAction<T>;
  readonly onDone: (value: T, notices: readonly string[]) => void;
}

interface ActionForm {
  /** Spread on the form. `action` serves a click before the page runs in the browser: React repeats it then. */
  readonly form: {
    readonly ref: RefObject<HTMLFormElement | null>;
    readonly action: (form: FormData) => void;
    readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
    readonly noValidate: true;
  };
  readonly isPending: boolean;
  readonly refusal: ActionRefusal | null;
  readonly errorOf: (field: string) => string | undefined;
  /** Shows a refusal that came of another way to send the same form. */
  readonly refuse: (refusal: ActionRefusal) => void;
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

  const send = (data: FormData) =>
    startTransition(async () => {
      const result = await action(data).catch(() => UNREACHABLE);
      if (!result.ok) return setRefusal(result);
      setRefusal(null);
      onDone(result.value, result.notices);
    });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    // React would empty the form after the action it calls itself.
    event.preventDefault();
    // A dialog's form bubbles through React's tree to the form behind it.
    event.stopPropagation();
    // Which button it was is part of what is sent.
    const { submitter } = event.nativeEvent as SubmitEvent;
    if (!isPending) send(new FormData(event.currentTarget, submitter));
  };

  return {
    form: { ref: formRef, action: send, onSubmit, noValidate: true },
    isPending,
    refusal,
    errorOf: (field) => refusal?.fieldErrors[field],
    refuse: setRefusal,
  };
}

/** Empties the secret fields of a form. */
export function clearSecrets(form: HTMLFormElement | null): void {
  for (const input of form?.querySelectorAll<HTMLInputElement>('[data-secret]') ?? []) input.value = '';
}
