import type { ReactNode } from 'react';

interface StepCardProps {
  readonly number: 1 | 2 | 3;
  readonly title: string;
  readonly children: ReactNode;
}

/** One of the three steps of the page. */
export function StepCard({ number, title, children }: StepCardProps) {
  const id = `step-${number}`;
  return (
    <section aria-labelledby={id} className="rounded-card border border-border bg-surface">
      <h2 id={id} className="border-border border-b px-4 py-3 font-semibold text-md sm:px-6">
        <span className="font-normal text-muted">Step {number} of 3 · </span>
        {title}
      </h2>
      <div className="grid gap-4 p-4 sm:p-6">{children}</div>
    </section>
  );
}
