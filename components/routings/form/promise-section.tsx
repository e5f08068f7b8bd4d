'use client';

import { type ReactNode, useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup, RadioItem } from '@/components/ui/radio-group';
import { FormSection } from './form-section';
import { OWN_PROMISE, PROMISE_PRESETS, presetOf } from './promise-presets';

/** As the fields hold them: text, in seconds. */
export interface PromiseText {
  readonly promiseSeconds: string;
  readonly flushIntervalSeconds: string;
}

interface PromiseSectionProps {
  readonly number?: number;
  readonly initial: PromiseText;
  readonly errorOf: (field: string) => string | undefined;
  /** What follows from the interval, said below it. */
  readonly children?: (flushIntervalMs: number) => ReactNode;
}

/** How late is acceptable, and how often a file is written to keep that. */
export function PromiseSection({ number, initial, errorOf, children }: PromiseSectionProps) {
  const [text, setText] = useState(initial);
  const [choice, setChoice] = useState(
    presetOf(Number(initial.promiseSeconds), Number(initial.flushIntervalSeconds) * 1_000),
  );
  const choose = (id: string) => {
    setChoice(id);
    const preset = PROMISE_PRESETS.find((each) => each.id === id);
    if (preset === undefined) return;
    setText({
      promiseSeconds: String(preset.promiseSeconds),
      flushIntervalSeconds: String(preset.flushIntervalMs / 1_000),
    });
  };
  const flushSeconds = text.flushIntervalSeconds.trim();
  return (
    <FormSection
      number={number}
      title="Promise"
      lead="How late an event may be, from its collection until its file is visible in the bucket."
    >
      <RadioGroup value={choice} onValueChange={choose} aria-label="Promise">
        {PROMISE_PRESETS.map((each) => (
          <Choice key={each.id} id={each.id} label={each.label} detail={each.detail} />
        ))}
        <Choice id={OWN_PROMISE} label="Own values" detail="for more or fewer files" />
      </RadioGroup>
      {choice === OWN_PROMISE ? (
        <OwnValues text={text} onTextChange={setText} errorOf={errorOf} />
      ) : (
        <>
          <input type="hidden" name="promiseSeconds" value={text.promiseSeconds} />
          <input type="hidden" name="flushIntervalSeconds" value={text.flushIntervalSeconds} />
        </>
      )}
      {children?.(flushSeconds === '' ? Number.NaN : Number(flushSeconds) * 1_000)}
    </FormSection>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
}

function Choice({ id, label, detail }: ChoiceProps) {
  return (
    <div className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-11">
      <RadioItem id={`promise-${id}`} value={id} />
      <label htmlFor={`promise-${id}`}>
        {label} <span className="text-muted text-sm">{detail}</span>
      </label>
    </div>
  );
}

interface OwnValuesProps {
  readonly text: PromiseText;
  readonly onTextChange: (text: PromiseText) => void;
  readonly errorOf: (field: string) => string | undefined;
}

function OwnValues({ text, onTextChange, errorOf }: OwnValuesProps) {
  const input = (field: keyof PromiseText) => ({
    inputMode: 'numeric' as const,
    value: text[field],
    onChange: (event: { readonly target: { readonly value: string } }) =>
      onTextChange({ ...text, [field]: event.target.value }),
  });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="promiseSeconds" label="Promise, in seconds" error={errorOf('promiseSeconds')}>
        {(control) => <Input {...control} {...input('promiseSeconds')} />}
      </Field>
      <Field
        name="flushIntervalSeconds"
        label="A file about every, in seconds"
        error={errorOf('flushIntervalMs')}
      >
        {(control) => <Input {...control} {...input('flushIntervalSeconds')} />}
      </Field>
    </div>
  );
}
