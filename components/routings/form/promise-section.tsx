'use client';

import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup, RadioItem } from '@/components/ui/radio-group';
import { FormSection } from './form-section';
import { OWN_PROMISE, PROMISE_PRESETS, presetOf } from './promise-presets';

interface PromiseSectionProps {
  readonly number?: number;
  readonly promiseSeconds: number;
  readonly flushIntervalMs: number;
  readonly errorOf: (field: string) => string | undefined;
}

/** How late is acceptable, and how often a file is written to keep that. */
export function PromiseSection({ number, promiseSeconds, flushIntervalMs, errorOf }: PromiseSectionProps) {
  const [choice, setChoice] = useState(presetOf(promiseSeconds, flushIntervalMs));
  const preset = PROMISE_PRESETS.find((each) => each.id === choice);
  return (
    <FormSection
      number={number}
      title="Promise"
      lead="How late an event may be, from its collection until its file is visible in the bucket."
    >
      <RadioGroup value={choice} onValueChange={setChoice} aria-label="Promise">
        {PROMISE_PRESETS.map((each) => (
          <Choice key={each.id} id={each.id} label={each.label} detail={each.detail} />
        ))}
        <Choice id={OWN_PROMISE} label="Own values" detail="for more or fewer files" />
      </RadioGroup>
      {preset === undefined ? (
        <OwnValues promiseSeconds={promiseSeconds} flushIntervalMs={flushIntervalMs} errorOf={errorOf} />
      ) : (
        <>
          <input type="hidden" name="promiseSeconds" value={preset.promiseSeconds} />
          <input type="hidden" name="flushIntervalSeconds" value={preset.flushIntervalMs / 1_000} />
        </>
      )}
    </FormSection>
  );
}

function Choice({
  id,
  label,
  detail,
}: {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
}) {
  return (
    <div className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-11">
      <RadioItem id={`promise-${id}`} value={id} />
      <label htmlFor={`promise-${id}`}>
        {label} <span className="text-muted text-sm">{detail}</span>
      </label>
    </div>
  );
}

function OwnValues({ promiseSeconds, flushIntervalMs, errorOf }: Omit<PromiseSectionProps, 'number'>) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="promiseSeconds" label="Promise, in seconds" error={errorOf('promiseSeconds')}>
        {(control) => <Input {...control} inputMode="numeric" defaultValue={promiseSeconds} />}
      </Field>
      <Field
        name="flushIntervalSeconds"
        label="A file about every, in seconds"
        error={errorOf('flushIntervalMs')}
      >
        {(control) => <Input {...control} inputMode="numeric" defaultValue={flushIntervalMs / 1_000} />}
      </Field>
    </div>
  );
}
