import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { type ChartMode, ModeSwitch } from './mode-switch';

interface ChartFigureProps {
  /** What the figure shows, as in "Latency, 21 Nov 14:32 to 22 Nov 14:32 UTC". */
  readonly caption: ReactNode;
  /** What chooses the range, on the left of the switch. */
  readonly controls: ReactNode;
  readonly csvHref: string;
  readonly mode: ChartMode;
  readonly onMode: (mode: ChartMode) => void;
  /** The same rows as a table. */
  readonly table: ReactNode;
  readonly children: ReactNode;
}

/** A drawing with its caption, its rows as a table, and its rows as a file. */
export function ChartFigure({ caption, controls, csvHref, mode, onMode, table, children }: ChartFigureProps) {
  return (
    <>
      <div className="mb-3 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">{controls}</div>
        <div className="flex items-center gap-2">
          <ModeSwitch mode={mode} onMode={onMode} />
          <Button size="sm" asChild>
            <a href={csvHref} download>
              <Download aria-hidden />
              CSV
            </a>
          </Button>
        </div>
      </div>
      <figure className="rounded-card border border-border bg-surface p-4">
        <figcaption className="mb-3 text-muted text-sm">{caption}</figcaption>
        {mode === 'table' ? table : children}
      </figure>
    </>
  );
}
