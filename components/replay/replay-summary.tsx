import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { ExactTime } from '@/components/time/exact-time';
import type { ReplayView } from '@/lib/domain/replay/view';
import { causeSentence } from '@/lib/domain/routing/cause-sentence';
import { ReplayBadge } from './replay-badge';
import { MODE_WORDS, outcomeSentence, rangeOf, rowsOf } from './replay-words';

interface ReplaySummaryProps {
  readonly replay: ReplayView;
  readonly now: Date;
  /** Null for a reader who may not cancel. */
  readonly cancel: (() => Promise<ActionResult>) | null;
}

/** How a replay stands: its status, how far it is, why it waits, and the way to end it. */
export function ReplaySummary({ replay, now, cancel }: ReplaySummaryProps) {
  const { files, counts, place, heldCause, notBefore, state } = replay;
  const done = files - counts.pending;
  return (
    <section aria-labelledby="replay" className="rounded-card border border-border bg-surface p-4 sm:p-6">
      <div className="flex flex-wrap items-center gap-3">
        <ReplayBadge replay={replay} />
        <h2 id="replay" className="font-semibold text-md">
          {MODE_WORDS[replay.mode]}, {rangeOf(replay, now)}
        </h2>
        {state === 'running' && cancel !== null ? (
          <span className="ml-auto">
            <ConfirmAction
              label="Cancel the replay"
              accessibleLabel="Cancel the replay"
              pendingLabel="Cancelling…"
              title="Cancel this replay?"
              description="No further file is written. What has been written stays, and a new replay goes on where this one ends."
              done="Replay cancelled"
              action={cancel}
            />
          </span>
        ) : null}
      </div>
      <p className="mt-3 max-w-[72ch] tabular-nums" data-testid="replay-outcome">
        {outcomeSentence(replay)}
      </p>
      {counts.conflict === 0 ? null : (
        <p className="mt-1 max-w-[72ch] text-bad">
          Where files are in conflict, another object lies under our name. It was left as it is.
        </p>
      )}
      {state === 'running' ? (
        <progress
          value={done}
          max={Math.max(1, files)}
          aria-label="Files done"
          className="mt-3 h-2 w-full max-w-2xl appearance-none overflow-hidden rounded-control border border-control bg-raised [&::-moz-progress-bar]:bg-solid [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-solid"
        />
      ) : null}
      {heldCause === null ? null : (
        <p className="mt-3 max-w-[72ch] text-warn">
          {causeSentence(heldCause)} The replay goes on by itself
          {notBefore === null ? '' : ', next try at '}
          {notBefore === null ? null : <ExactTime at={new Date(notBefore)} now={now} />}.
        </p>
      )}
      {replay.isPaused && state === 'running' ? (
        <p className="mt-3 max-w-[72ch] text-info">
          The routing stands still, and this replay with it. Both go on together.
        </p>
      ) : null}
      <Facts replay={replay} now={now} />
      {place === null ? null : (
        <p className="mt-2 break-all font-mono text-xs">
          s3://{place.bucket}/{place.prefix}
        </p>
      )}
    </section>
  );
}

function Facts({ replay, now }: { readonly replay: ReplayView; readonly now: Date }) {
  const { types, rows, startedBy, startedAt, endedAt, reason } = replay;
  return (
    <p className="mt-3 max-w-[72ch] text-muted text-sm">
      {types.join(', ')} · {rowsOf(types, rows)} · started by {startedBy} at{' '}
      <ExactTime at={new Date(startedAt)} now={now} />
      {endedAt === null ? null : ' · ended at '}
      {endedAt === null ? null : <ExactTime at={new Date(endedAt)} now={now} />}
      {reason === null ? null : ` · “${reason}”`}
    </p>
  );
}
