import { ChevronDown } from 'lucide-react';
import { cn } from './cn';
import type { ControlProps } from './field';
import { controlClasses } from './input';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

interface SelectProps {
  readonly control: ControlProps;
  readonly options: readonly SelectOption[];
  readonly value: string;
  /** Stands there while nothing is chosen, and cannot be chosen. */
  readonly placeholder: string;
  readonly onValueChange: (value: string) => void;
}

/**
 * One choice of a closed list. The browser's own control: it brings its keyboard and its phone picker, and unlike an
 * overlay it does not hide a page in which controls can still take the focus.
 */
export function Select({ control, options, value, placeholder, onValueChange }: SelectProps) {
  return (
    <div className="relative w-full min-w-0">
      <select
        {...control}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        className={cn(controlClasses, 'appearance-none truncate pr-9', value === '' && 'text-muted')}
      >
        {value === '' ? (
          <option value="" disabled hidden>
            {placeholder}
          </option>
        ) : null}
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-surface text-text">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
      />
    </div>
  );
}
