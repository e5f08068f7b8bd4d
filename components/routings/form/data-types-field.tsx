'use client';

import { Checkbox } from '@/components/ui/checkbox';
import { FieldError } from '@/components/ui/field';
import { type DataType, dataTypeSchema } from '@/lib/domain/data-type';

const ABOUT: Readonly<Record<DataType, string>> = {
  events: 'every event as it was collected',
  sync_aliases: 'which ids belong to the same person',
  segment: 'names and states of segments, as whole snapshots',
};

interface DataTypesFieldProps {
  readonly chosen: readonly DataType[];
  readonly onChosenChange: (chosen: readonly DataType[]) => void;
  readonly error: string | undefined;
}

export function DataTypesField({ chosen, onChosenChange, error }: DataTypesFieldProps) {
  const errorId = 'dataTypes-error';
  const change = (type: DataType, isChosen: boolean) =>
    onChosenChange(
      dataTypeSchema.options.filter((each) => (each === type ? isChosen : chosen.includes(each))),
    );
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 font-medium text-sm">Data types</legend>
      {dataTypeSchema.options.map((type, index) => (
        <div key={type} className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-11">
          <Checkbox
            id={`dataTypes-${type}`}
            name="dataTypes"
            value={type}
            checked={chosen.includes(type)}
            onCheckedChange={(checked) => change(type, checked === true)}
            aria-invalid={error !== undefined && index === 0 ? true : undefined}
            aria-describedby={error === undefined ? undefined : errorId}
          />
          <label htmlFor={`dataTypes-${type}`} className="min-w-0">
            <span className="font-mono text-xs">{type}</span>{' '}
            <span className="text-muted text-sm">{ABOUT[type]}</span>
          </label>
        </div>
      ))}
      {error === undefined ? null : <FieldError id={errorId}>{error}</FieldError>}
    </fieldset>
  );
}
