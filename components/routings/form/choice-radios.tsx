'use client';

import { FieldError } from '@/components/ui/field';
import { RadioGroup, RadioItem } from '@/components/ui/radio-group';

interface Choice<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly detail?: string;
}

interface ChoiceRadiosProps<T extends string> {
  readonly name: string;
  readonly label: string;
  /** The label stands above the choices; otherwise it is for screen readers. */
  readonly isLabelShown?: boolean;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChoose: (chosen: T) => void;
  readonly error?: string | undefined;
}

/** One of a few, each with a word about it. */
export function ChoiceRadios<T extends string>(props: ChoiceRadiosProps<T>) {
  const { name, label, isLabelShown = false, choices, value, onChoose, error } = props;
  const errorId = `${name}-error`;
  return (
    <div className="grid gap-1">
      {isLabelShown ? (
        <p aria-hidden className="font-medium text-sm">
          {label}
        </p>
      ) : null}
      <RadioGroup
        name={name}
        value={value}
        onValueChange={(chosen) => {
          const choice = choices.find(({ id }) => id === chosen);
          if (choice !== undefined) onChoose(choice.id);
        }}
        aria-label={label}
        {...(error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': errorId })}
      >
        {choices.map(({ id, label: word, detail }) => (
          <div key={id} className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-11">
            <RadioItem id={`${name}-${id}`} value={id} />
            <label htmlFor={`${name}-${id}`}>
              {word} {detail === undefined ? null : <span className="text-muted text-sm">{detail}</span>}
            </label>
          </div>
        ))}
      </RadioGroup>
      {error === undefined ? null : <FieldError id={errorId}>{error}</FieldError>}
    </div>
  );
}
