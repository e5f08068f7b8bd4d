import { Check } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';

type MonoInputProps = Omit<ComponentProps<'input'>, 'onChange'> & {
  /** The value stands as it was taken from what was pasted. */
  readonly isTaken?: boolean;
  readonly onValueChange?: (value: string) => void;
};

/** A field for names that machines read: nothing corrects, capitalises or completes them. */
export function MonoInput({ isTaken = false, onValueChange, className, ...props }: MonoInputProps) {
  return (
    <div className="relative">
      <Input
        {...props}
        {...(onValueChange === undefined ? {} : { onChange: (event) => onValueChange(event.target.value) })}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        className={cn('font-mono text-sm', isTaken && 'pr-9', className)}
      />
      {isTaken ? (
        <Check
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-good"
        />
      ) : null}
    </div>
  );
}
