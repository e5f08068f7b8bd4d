'use client';

import { Check } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export function Checkbox({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        'size-5 shrink-0 rounded-badge border border-control bg-surface transition-colors data-[state=checked]:border-solid data-[state=checked]:bg-solid data-[state=checked]:text-on-solid',
        className,
      )}
      {...props}
    >
      <Radix.Indicator className="flex items-center justify-center">
        <Check aria-hidden className="size-4" />
      </Radix.Indicator>
    </Radix.Root>
  );
}
