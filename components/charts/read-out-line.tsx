import { cn } from '@/components/ui/cn';
import type { CursorSeries } from './chart-cursor';
import type { ReadOut } from './read-out';

interface ReadOutLineProps {
  readonly readOut: ReadOut;
  readonly chosen: CursorSeries | null;
  /** Whether a change is to be read out: after a key, not after the pointer. */
  readonly isAnnounced: boolean;
}

/** One text for the eye and for screen readers; its room stays the same, so nothing below it moves. */
export function ReadOutLine({ readOut, chosen, isAnnounced }: ReadOutLineProps) {
  return (
    <p
      aria-live={isAnnounced ? 'polite' : 'off'}
      aria-atomic
      data-testid="read-out"
      className="min-h-15 text-sm tabular-nums sm:min-h-5"
    >
      <span className="text-muted">{readOut.lead}</span>
      {readOut.parts.map(({ series, text }) => (
        <span key={series}>
          <span className="text-muted"> · </span>
          <span className={cn('whitespace-nowrap', series === chosen && 'font-semibold')}>{text}</span>
        </span>
      ))}
    </p>
  );
}
