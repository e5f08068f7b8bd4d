import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './cn';

const badge = cva(
  'inline-flex h-6 w-fit shrink-0 items-center gap-1 whitespace-nowrap rounded-badge px-2 font-medium text-sm [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        neutral: 'bg-neutral-bg text-neutral',
        info: 'bg-info-bg text-info',
        good: 'bg-good-bg text-good',
        warn: 'bg-warn-bg text-warn',
        bad: 'bg-bad-bg text-bad',
        filled: 'bg-bad-solid text-white',
        outline: 'border border-control border-dashed bg-surface text-neutral',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

export type BadgeTone = NonNullable<VariantProps<typeof badge>['tone']>;

export function Badge({ className, tone, ...props }: ComponentProps<'span'> & { readonly tone?: BadgeTone }) {
  return <span className={cn(badge({ tone }), className)} {...props} />;
}
