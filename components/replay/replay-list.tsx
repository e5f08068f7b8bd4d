import Link from 'next/link';
import { ExactTime } from '@/components/time/exact-time';
import type { ReplayView } from '@/lib/domain/replay/view';
import { replayHref } from './replay-address';
import { ReplayBadge } from './replay-badge';
import { MODE_WORDS, outcomeSentence, rangeOf } from './replay-words';

interface ReplayListProps {
  readonly routingId: string;
  readonly replays: readonly ReplayView[];
  readonly now: Date;
}

/** The newest replays of a routing, each in two lines. */
export function ReplayList({ routingId, replays, now }: ReplayListProps) {
  return (
    <ul aria-label="Replays" className="divide-y divide-border rounded-card border border-border bg-surface">
      {replays.map((replay) => (
        <li
          key={replay.id}
          className="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-raised"
        >
          <ReplayBadge replay={replay} />
          <Link
            href={replayHref(routingId, replay.id)}
            className="font-medium -outline-offset-2 after:absolute after:inset-0"
          >
            {MODE_WORDS[replay.mode]}, {rangeOf(replay, now)}
          </Link>
          <span className="text-muted text-sm tabular-nums">
            {outcomeSentence(replay)} Started by {replay.startedBy} at{' '}
            <ExactTime at={new Date(replay.startedAt)} now={now} />.
          </span>
        </li>
      ))}
    </ul>
  );
}
