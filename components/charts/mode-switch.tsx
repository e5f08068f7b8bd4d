'use client';

import { cn } from '@/components/ui/cn';

export type ChartMode = 'chart' | 'table';

const MODES = [
  { mode: 'chart', word: 'Chart' },
  { mode: 'table', word: 'Table' },
] as const;

interface ModeSwitchProps {
  readonly mode: ChartMode;
  readonly onMode: (mode: ChartMode) => void;
}

/** The same rows as a drawing or as a table. */
export function ModeSwitch({ mode: current, onMode }: ModeSwitchProps) {
  return (
    <fieldset className="flex overflow-hidden rounded-control border border-control">
      <legend className="sr-only">Show as</legend>
      {MODES.map(({ mode, word }) => (
        <button
          key={mode}
          type="button"
          aria-pressed={mode === current}
          onClick={() => onMode(mode)}
          className={cn(
            'h-7 px-3 text-muted text-sm -outline-offset-2 transition-colors hover:bg-raised pointer-coarse:h-9',
            mode === current && 'bg-raised font-medium text-text',
          )}
        >
          {word}
        </button>
      ))}
    </fieldset>
  );
}
