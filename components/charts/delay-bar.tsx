import { formatDuration } from '@/lib/domain/format/duration';
import { delayParts } from '@/lib/domain/latency/delay-parts';
import type { DelaySplit } from '@/lib/domain/latency/view';

const COLOUR = {
  batching: 'var(--cat-1)',
  uploading: 'var(--cat-2)',
  waiting: 'var(--cat-3)',
  retrying: 'var(--cat-4)',
} as const;

/** Where an event's time goes on its way, as one bar and in words; a mean over the events of the range. */
export function DelayBar({ split }: { readonly split: DelaySplit }) {
  const parts = delayParts(split);
  const totalMs = parts.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <figure>
      <figcaption className="mb-2 text-sm">
        <span className="font-medium">Where the time goes</span>{' '}
        <span className="text-muted">
          mean of the range: {formatDuration(totalMs)} from collection to visible
        </span>
      </figcaption>
      <div aria-hidden className="flex h-5 gap-0.5 overflow-hidden rounded-badge bg-raised">
        {parts.map(({ name, ms }) =>
          ms <= 0 ? null : (
            <span key={name} className="min-w-1" style={{ flexGrow: ms, background: COLOUR[name] }} />
          ),
        )}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-sm tabular-nums">
        {parts.map(({ name, ms }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden className="size-3 rounded-[2px]" style={{ background: COLOUR[name] }} />
            <span className="text-muted">{name}</span> {formatDuration(ms)}
          </li>
        ))}
      </ul>
    </figure>
  );
}
