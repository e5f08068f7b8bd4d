'use client';

import { useState } from 'react';
import { DataTypesField } from '@/components/routings/form/data-types-field';
import { FormSection } from '@/components/routings/form/form-section';
import { Field } from '@/components/ui/field';
import { RadioGroup, RadioItem } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';
import type { DataType } from '@/lib/domain/data-type';
import type { ReplayDraft } from './replay-address';

interface ReplayFieldsProps {
  readonly draft: ReplayDraft;
  readonly types: readonly DataType[];
  readonly onTypesChange: (types: readonly DataType[]) => void;
  readonly errorOf: (field: string) => string | undefined;
  /** Bucket and prefix to which the routing delivers. */
  readonly place: string;
}

/** Which hours of which data, and where to. */
export function ReplayFields({ draft, types, onTypesChange, errorOf, place }: ReplayFieldsProps) {
  return (
    <>
      <FormSection number={1} title="Range" lead="Whole hours, as long as their events are kept: seven days.">
        <div className="grid gap-4 sm:grid-cols-2">
          <HourField
            name="from"
            label="From"
            hours={draft.hours}
            initial={draft.from}
            error={errorOf('from')}
          />
          <HourField name="to" label="Until" hours={draft.hours} initial={draft.to} error={errorOf('to')} />
        </div>
        <DataTypesField chosen={types} onChosenChange={onTypesChange} error={errorOf('types')} />
      </FormSection>
      <FormSection number={2} title="Where" lead="Nothing is ever overwritten, wherever it goes.">
        <RadioGroup name="mode" defaultValue="fill" aria-label="Where">
          <Choice
            id="fill"
            label="Fill what is missing"
            detail="Files that are gone come back under the same name with the same content. What is there stays."
          />
          <Choice
            id="copy"
            label="A copy beside"
            detail={`Every file of the range once more, in a folder of its own: ${place}_replay/…/`}
          />
        </RadioGroup>
      </FormSection>
    </>
  );
}

interface HourFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hours: ReplayDraft['hours'];
  readonly initial: string;
  readonly error: string | undefined;
}

function HourField({ name, label, hours, initial, error }: HourFieldProps) {
  const [hour, setHour] = useState(initial);
  return (
    <Field name={name} label={label} error={error}>
      {(control) => (
        <Select control={control} value={hour} placeholder="" options={hours} onValueChange={setHour} />
      )}
    </Field>
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
    <div className="flex items-start gap-2 pointer-coarse:min-h-11">
      <RadioItem id={`mode-${id}`} value={id} className="mt-0.5" aria-describedby={`mode-${id}-detail`} />
      <div className="min-w-0">
        <label htmlFor={`mode-${id}`} className="font-medium">
          {label}
        </label>
        <p id={`mode-${id}-detail`} className="max-w-[72ch] break-words text-muted text-sm">
          {detail}
        </p>
      </div>
    </div>
  );
}
