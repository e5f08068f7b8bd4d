import type { ReactNode } from 'react';

interface FormSectionProps {
  readonly number?: number;
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}

/** One question of the form: its title beside its fields, above them where it is narrow. */
export function FormSection({ number, title, lead, children }: FormSectionProps) {
  return (
    <section className="grid gap-x-8 gap-y-4 border-border border-t p-4 first:border-t-0 sm:p-6 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <div>
        <h2 className="font-semibold text-md">
          {number === undefined ? null : <span className="mr-2 text-muted tabular-nums">{number}</span>}
          {title}
        </h2>
        <p className="mt-1 max-w-[72ch] text-muted text-sm">{lead}</p>
      </div>
      <div className="grid min-w-0 max-w-2xl gap-4">{children}</div>
    </section>
  );
}
