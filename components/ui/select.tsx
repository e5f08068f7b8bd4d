'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { cn } from './cn';
import type { ControlProps } from './field';
import { controlClasses } from './input';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  /** Said after the label in a quieter voice. */
  readonly detail?: string;
}

interface SelectProps {
  readonly control: ControlProps;
  readonly options: readonly SelectOption[];
  readonly value: string;
  readonly placeholder: string;
  readonly onValueChange: (value: string) => void;
}

/** One choice of a closed list; submits with its form under the control's name. */
export function Select({ control, options, value, placeholder, onValueChange }: SelectProps) {
  const { name, ...trigger } = control;
  const chosen = options.find((option) => option.value === value);
  return (
    <>
      <input type="hidden" name={name} value={value} />
      <Radix.Root value={value} onValueChange={onValueChange}>
        <Radix.Trigger
          {...trigger}
          className={cn(controlClasses, 'flex items-center justify-between gap-2 text-left')}
        >
          <Radix.Value placeholder={<span className="text-muted">{placeholder}</span>}>
            <span className="block truncate">{chosen?.label}</span>
          </Radix.Value>
          <Radix.Icon>
            <ChevronDown aria-hidden className="size-4 text-muted" />
          </Radix.Icon>
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            position="popper"
            sideOffset={4}
            collisionPadding={16}
            className="z-50 max-h-[min(24rem,var(--radix-select-content-available-height))] w-max min-w-(--radix-select-trigger-width) max-w-[calc(100vw-2rem)] overflow-hidden rounded-card border border-border bg-surface text-text shadow-overlay"
          >
            <Radix.Viewport className="p-1">
              {options.map((option) => (
                <SelectItem key={option.value} option={option} />
              ))}
            </Radix.Viewport>
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </>
  );
}

function SelectItem({ option }: { readonly option: SelectOption }) {
  return (
    <Radix.Item
      value={option.value}
      className="relative flex min-h-8 cursor-default select-none items-center gap-2 rounded-control py-1 pr-3 pl-8 text-base outline-none data-highlighted:bg-raised pointer-coarse:min-h-11"
    >
      <Radix.ItemIndicator className="absolute left-2">
        <Check aria-hidden className="size-4 text-accent" />
      </Radix.ItemIndicator>
      <Radix.ItemText>{option.label}</Radix.ItemText>
      {option.detail === undefined ? null : <span className="text-muted text-sm">{option.detail}</span>}
    </Radix.Item>
  );
}
