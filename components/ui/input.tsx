import type { ComponentProps } from 'react';
import { cn } from './cn';

export const controlClasses =
  'h-9 w-full min-w-0 rounded-control border border-control bg-surface px-3 text-base text-text transition-colors pointer-coarse:h-11 pointer-coarse:text-md aria-invalid:border-bad-solid aria-invalid:bg-bad-bg/40';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input autoComplete="off" className={cn(controlClasses, className)} {...props} />;
}
