'use client';

import { AlarmClock } from 'lucide-react';
import Link from 'next/link';
import { causeSentence } from '@/lib/domain/routing/cause-sentence';
import { LABEL_DISPLAY } from '@/lib/domain/routing/label';
import type { RoutingView } from '@/lib/domain/routing/view';
import { slowNote } from './slow-note';
import { useNow } from './use-now';

/** What the verdict leaves to be said: why it is late, and a change of state that takes too long. Ticks by itself. */
export function StatusNotes({
  routing,
  now: rendered,
}: {
  readonly routing: RoutingView;
  readonly now: Date;
}) {
  const now = useNow(rendered);
  const note = slowNote(routing, now);
  const { id, label, healthCause, whoseMove } = routing;
  return (
    <>
      {(label === 'late' || label === 'draining') && healthCause !== null ? (
        <p className="max-w-[72ch] break-words">
          {causeSentence(healthCause)}
          {label === 'draining' && whoseMove === 'customer' ? (
            <>
              {' '}
              <Link href={`/routings/${id}/connection`} className="text-accent underline">
                Its access
              </Link>
            </>
          ) : null}
        </p>
      ) : null}
      {note === null ? null : (
        <p className="flex gap-1 text-sm text-warn tabular-nums">
          <AlarmClock aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            {LABEL_DISPLAY[label].word} {note}
          </span>
        </p>
      )}
    </>
  );
}
