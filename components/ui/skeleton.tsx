import { cn } from './cn';

/** A still block in the shape of what is coming. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={cn('appear-late rounded-control bg-raised', className)} />;
}
