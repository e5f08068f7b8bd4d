import type { ComponentProps } from 'react';
import { cn } from './cn';

/** Rows of 36 px in a frame that scrolls sideways when the columns do not fit. */
export function Table({ className, label, ...props }: ComponentProps<'table'> & { readonly label: string }) {
  return (
    <div className="overflow-x-auto rounded-card border border-border bg-surface">
      <table
        aria-label={label}
        className={cn('w-full border-collapse text-left text-sm tabular-nums', className)}
        {...props}
      />
    </div>
  );
}

export function HeadCell({ className, ...props }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cn(
        'h-9 whitespace-nowrap border-border border-b bg-raised px-3 font-medium text-muted text-xs',
        className,
      )}
      {...props}
    />
  );
}

export function Row({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={cn('border-border border-b last:border-b-0', className)} {...props} />;
}

export function Cell({ className, ...props }: ComponentProps<'td'>) {
  return <td className={cn('h-9 px-3 py-1.5 pointer-coarse:h-11', className)} {...props} />;
}
