'use client';

import { useState } from 'react';
import { RadioGroup, RadioItem } from '@/components/ui/radio-group';
import { AccessFields } from './access-fields';
import { FormSection } from './form-section';

const CHOICES = [
  { id: 'now', label: 'Enter access keys now', detail: 'you have them at hand' },
  { id: 'later', label: 'The customer gives access later', detail: 'it waits for them until then' },
] as const;

export type AccessChoice = (typeof CHOICES)[number]['id'];

interface AccessSectionProps {
  readonly number: number;
  readonly initial: AccessChoice;
  readonly errorOf: (field: string) => string | undefined;
}

/** How Sluice gets into the bucket, and whether that is settled now. */
export function AccessSection({ number, initial, errorOf }: AccessSectionProps) {
  const [choice, setChoice] = useState<string>(initial);
  return (
    <FormSection
      number={number}
      title="Access"
      lead="The access keys of an IAM user that may write to the bucket. What AWS must allow stands ready to copy on the routing’s Connection page."
    >
      <RadioGroup name="access" value={choice} onValueChange={setChoice} aria-label="Access">
        {CHOICES.map(({ id, label, detail }) => (
          <div key={id} className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-11">
            <RadioItem id={`access-${id}`} value={id} />
            <label htmlFor={`access-${id}`}>
              {label} <span className="text-muted text-sm">{detail}</span>
            </label>
          </div>
        ))}
      </RadioGroup>
      {choice === 'now' ? <AccessFields errorOf={errorOf} /> : null}
    </FormSection>
  );
}
