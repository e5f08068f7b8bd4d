import type { ReactNode } from 'react';

interface ScrollTableProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** What scrolls must take the focus, or the keyboard cannot scroll it. */
const REACHABLE = { tabIndex: 0 } as const;

/** A long table in a frame of its own that scrolls; head cells and first columns may be sticky in it. */
export function ScrollTable({ label, children }: ScrollTableProps) {
  return (
    <section
      aria-label={label}
      {...REACHABLE}
      className="max-h-[36rem] overflow-auto rounded-card border border-border bg-surface"
    >
      <table aria-label={label} className="w-full border-separate border-spacing-0 text-sm tabular-nums">
        {children}
      </table>
    </section>
  );
}
