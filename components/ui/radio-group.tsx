'use client';

import { RadioGroup as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export function RadioGroup({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root className={cn('flex flex-col gap-2', className)} {...props} />;
}

export function RadioItem({ className, ...props }: ComponentProps<typeof Radix.Item>) {
  return (
    <Radix.Item
      className={cn(
        'size-5 shrink-0 rounded-full border border-control bg-surface transition-colors data-[state=checked]:border-solid',
        className,
      )}
      {...props}
    >
      <Radix.Indicator className="flex size-full items-center justify-center after:size-2.5 after:rounded-full after:bg-solid after:content-['']" />
    </Radix.Item>
  );
}
