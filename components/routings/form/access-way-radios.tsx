'use client';

import { RadioGroup, RadioItem } from '@/components/ui/radio-group';

const CHOICES = [
  { id: 'role', label: 'Role', detail: 'recommended: no secret leaves the account' },
  { id: 'keys', label: 'Access keys', detail: 'of an IAM user' },
] as const;
export type AccessWay = (typeof CHOICES)[number]['id'];

interface AccessWayRadiosProps {
  /** Tells groups of one page apart. */
  readonly id: string;
  readonly label: string;
  /** Sent with the form under this name; absent outside of forms. */
  readonly name?: string;
  readonly way: AccessWay;
  readonly onChoose: (way: AccessWay) => void;
}

/** The two ways in. */
export function AccessWayRadios({ id, label, name, way, onChoose }: AccessWayRadiosProps) {
  return (
    <RadioGroup
      {...(name === undefined ? {} : { name })}
      value={way}
      onValueChange={(chosen) => onChoose(chosen === 'role' ? 'role' : 'keys')}
      aria-label={label}
    >
      {CHOICES.map((choice) => (
        <div key={choice.id} className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-11">
          <RadioItem id={`${id}-${choice.id}`} value={choice.id} />
          <label htmlFor={`${id}-${choice.id}`}>
            {choice.label} <span className="text-muted text-sm">{choice.detail}</span>
          </label>
        </div>
      ))}
    </RadioGroup>
  );
}
