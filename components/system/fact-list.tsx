import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

interface SystemFact {
  readonly name: string;
  readonly value: ReactNode;
  readonly about?: ReactNode;
}

/** Figures with their names, in columns that fit. */
export function FactList({ facts }: { readonly facts: readonly SystemFact[] }) {
  return (
    <dl
      className={cn(
        'grid grid-cols-2 gap-px overflow-hidden rounded-card border border-border bg-border',
        facts.length === 3 ? 'lg:grid-cols-3' : 'lg:grid-cols-4',
      )}
    >
      {facts.map(({ name, value, about }) => (
        <div key={name} className="min-w-0 bg-surface p-4 last:odd:col-span-2 lg:last:odd:col-span-1">
          <dt className="text-muted text-sm">{name}</dt>
          <dd className="mt-0.5 break-words font-semibold text-md tabular-nums">{value}</dd>
          {about === undefined ? null : <dd className="text-muted text-sm">{about}</dd>}
        </div>
      ))}
    </dl>
  );
}
