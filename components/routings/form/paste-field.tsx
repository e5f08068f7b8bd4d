'use client';

import { type ClipboardEvent, type KeyboardEvent, useState } from 'react';
import { s3Address } from '@/components/routings/place';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PasteResult } from './paste-result';
import type { PlaceState } from './use-place';

interface PasteFieldProps {
  readonly state: PlaceState;
}

/** Takes whatever names a bucket and fills the fields below with it. It is not part of what the form sends. */
export function PasteField({ state }: PasteFieldProps) {
  const [text, setText] = useState('');
  const [taken, setTaken] = useState('');
  const take = (given: string) => {
    const read = state.paste(given);
    // A secret does not stay on the screen.
    const shown = read.isSecret ? (read.kind === 'place' ? s3Address(read) : '') : given.trim();
    setText(shown);
    setTaken(shown);
  };
  const takeTyped = () => {
    if (text.trim() !== '' && text !== taken) take(text);
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text');
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const isWhole = selectionStart === 0 && selectionEnd === value.length;
    if (!isWhole) return;
    event.preventDefault();
    take(pasted);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter') return;
    // Enter takes what was typed; it does not send the form.
    event.preventDefault();
    takeTyped();
  };
  return (
    <div className="grid gap-2">
      <Field
        name="pasted"
        label="Paste anything"
        optional
        hint="An s3:// address, the address of the AWS console, an ARN, a policy, a file’s key: it fills the fields below."
      >
        {(control) => (
          <Input
            {...control}
            name={undefined}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onPaste={onPaste}
            onBlur={takeTyped}
            onKeyDown={onKeyDown}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            placeholder="s3://bucket/prefix/"
            className="font-mono text-sm"
          />
        )}
      </Field>
      <div role="status">
        {state.outcome === null ? null : <PasteResult outcome={state.outcome} onUndo={state.undo} />}
      </div>
    </div>
  );
}
