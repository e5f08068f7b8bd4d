'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { moverText } from '@/components/routings/mover';
import { TryLine } from '@/components/routings/try-line';
import { Button } from '@/components/ui/button';
import { formatAge, formatDuration } from '@/lib/domain/format/duration';
import { causeSentence } from '@/lib/domain/routing/cause-sentence';
import type { RoutingView, TriesView, TryView } from '@/lib/domain/routing/view';
import { useNow } from './use-now';

interface FixCardProps {
  readonly routing: RoutingView;
  readonly tries: TriesView;
  readonly now: Date;
  readonly isCustomer: boolean;
  /** Where the access is put right; null for a reader who may not. */
  readonly fixHref: string | null;
}

/** What happened, whose move it is, what to do, and when it is tried again. */
export function FixCard({ routing, tries, now, isCustomer, fixHref }: FixCardProps) {
  const { healthCause, whoseMove } = routing;
  return (
    <section
      aria-label="What stands in the way"
      className="mt-4 rounded-card border border-bad-solid bg-surface p-4 sm:p-6"
    >
      <h2 className="mb-3 font-semibold text-md">What stands in the way</h2>
      <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[9rem_1fr] sm:gap-y-3">
        <Line name="What happened">
          {healthCause === null ? 'Uploads fail.' : causeSentence(healthCause)}
        </Line>
        <Line name="Whose move">{capital(moverText(whoseMove, isCustomer))}</Line>
        <Line name="Tries">
          <NextTry tries={tries} now={now} />
          <LastTries tries={tries.lastTries} />
        </Line>
      </dl>
      {fixHref === null ? null : (
        <Button className="mt-4" asChild>
          <Link href={fixHref}>Open the connection</Link>
        </Button>
      )}
    </section>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted text-sm">{name}</dt>
      <dd className="max-w-[72ch] break-words max-sm:mb-2">{children}</dd>
    </>
  );
}

function NextTry({ tries, now: rendered }: { readonly tries: TriesView; readonly now: Date }) {
  const now = useNow(rendered);
  const [last] = tries.lastTries;
  const leftMs = tries.nextTryAt === null ? 0 : Date.parse(tries.nextTryAt) - now.getTime();
  const before =
    last === undefined ? 'Not tried yet' : `Last try ${formatAge(now.getTime() - Date.parse(last.at))} ago`;
  return (
    <p className="tabular-nums">
      {before}, {leftMs > 0 ? `next in ${formatDuration(leftMs)}` : 'the next one is due now'}.
    </p>
  );
}

function LastTries({ tries }: { readonly tries: readonly TryView[] }) {
  if (tries.length === 0) return null;
  return (
    <ul className="mt-2 grid gap-1 text-muted text-sm">
      {tries.map((tried) => (
        <TryLine key={`${tried.at} ${tried.requestId}`} tried={tried} />
      ))}
    </ul>
  );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
