import type { ReactNode } from 'react';

interface EmptyStateProps {
  /** One sentence that says what is not there and why. */
  readonly sentence: ReactNode;
  /** The one next step, where the reader may take one. */
  readonly action?: ReactNode;
}

export function EmptyState({ sentence, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-4 rounded-card border border-border border-dashed bg-surface p-6">
      <p className="max-w-[72ch] text-base text-muted">{sentence}</p>
      {action}
    </div>
  );
}
