import type { ReactNode } from 'react';

/** Names and values, side by side where there is room. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid gap-x-6 gap-y-3 p-4 sm:grid-cols-[10rem_minmax(0,1fr)] sm:gap-y-2 sm:p-6">
      {children}
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
}

export function Fact({ name, children }: FactProps) {
  return (
    <div className="grid gap-0.5 sm:col-span-2 sm:grid-cols-subgrid sm:items-baseline">
      <dt className="text-muted text-sm">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

export function Mono({ children }: { readonly children: ReactNode }) {
  return <span className="break-all font-mono text-xs leading-5">{children}</span>;
}
