import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

const button = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-control font-medium text-base transition-colors [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-solid text-on-solid hover:bg-[color-mix(in_srgb,var(--solid),black_12%)]',
        secondary: 'border border-control bg-surface text-text hover:bg-raised',
        danger: 'bg-bad-solid text-on-solid hover:bg-[color-mix(in_srgb,var(--bad-solid),black_12%)]',
        quiet: 'text-muted hover:bg-raised hover:text-text',
      },
      size: {
        md: 'h-9 px-4 pointer-coarse:h-11',
        sm: 'h-7 px-2.5 text-sm pointer-coarse:h-9',
        icon: 'size-9 pointer-coarse:size-11',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

type ButtonProps = ComponentProps<'button'> & VariantProps<typeof button> & { asChild?: boolean };

export function Button({
  className,
  variant,
  size,
  asChild = false,
  type = 'button',
  ...props
}: ButtonProps) {
  const classes = cn(button({ variant, size }), className);
  if (asChild) return <Slot.Root className={classes} {...props} />;
  return <button type={type} className={classes} {...props} />;
}
