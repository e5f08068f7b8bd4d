'use client';

import { ClockTime } from '@/components/time/clock-time';
import { formatAge } from '@/lib/domain/format/duration';
import type { TriesView, TryView } from '@/lib/domain/routing/view';

/** The newest tries to deliver, and when the next one is due. */
export function TryList({ tries, now }: { readonly tries: TriesView; readonly now: Date }) {
  const { lastTries, nextTryAt } = tries;
  const wait = nextTryAt === null ? null : formatAge(Math.max(0, Date.parse(nextTryAt) - now.getTime()));
  return (
    <section>
      <h3 className="mb-1 font-medium">Last attempts</h3>
      {lastTries.length === 0 ? (
        <p className="text-muted">Nothing was sent yet.</p>
      ) : (
        <ol className="divide-y divide-border rounded-control border border-border">
          {lastTries.map((one) => (
            <TryLine key={`${one.at}-${one.requestId}`} one={one} />
          ))}
        </ol>
      )}
      {wait === null ? null : <p className="mt-2 text-muted">We try again in {wait}.</p>}
    </section>
  );
}

function TryLine({ one }: { readonly one: TryView }) {
  return (
    <li className="flex flex-wrap gap-x-3 px-3 py-1.5 tabular-nums">
      <ClockTime at={new Date(one.at)} />
      <span>{answerText(one)}</span>
      {one.requestId === null ? null : (
        <span className="min-w-0 break-all font-mono text-muted text-xs leading-5">{one.requestId}</span>
      )}
    </li>
  );
}

function answerText({ outcome, httpStatus, code }: TryView): string {
  if (outcome === 'done') return `${httpStatus ?? 200} OK`;
  const answer = [httpStatus, code].filter((part) => part !== null).join(' ');
  return answer === '' ? 'no answer' : answer;
}
