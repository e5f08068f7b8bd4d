'use client';

import { AlarmClock } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useOptimistic, useTransition } from 'react';
import { toast } from 'sonner';
import type { ActionResult } from '@/components/forms/action-result';
import { unanswered } from '@/components/forms/unanswered';
import { moverText } from '@/components/routings/mover';
import { StatusBadge } from '@/components/routings/status-badge';
import { verdictSentence } from '@/components/routings/verdict';
import { RelativeTime } from '@/components/time/relative-time';
import { formatAge } from '@/lib/domain/format/duration';
import { formatUtcMinute } from '@/lib/domain/format/utc';
import { causeSentence } from '@/lib/domain/routing/cause-sentence';
import type { RoutingWish } from '@/lib/domain/routing/transition';
import type { RoutingView } from '@/lib/domain/routing/view';
import { LabelAnnouncer } from './label-announcer';
import { WishButton } from './wish-button';
import { offeredWish, WISH_LABEL } from './wishes';

export type WishAction = (wish: RoutingWish, routingId: string) => Promise<ActionResult>;

interface RoutingVerdictProps {
  readonly routing: RoutingView;
  readonly now: Date;
  readonly isCustomer: boolean;
  readonly allowed: readonly RoutingWish[];
  readonly action: WishAction;
}

const USUAL_MS = 15_000;
const UNANSWERED = 'Sluice did not answer; the status below is the last one known.';

/** Is it fine, since when, whose move is it, and the one next step. A click shows its intent at once. */
export function RoutingVerdict({ routing, now, isCustomer, allowed, action }: RoutingVerdictProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [label, showIntent] = useOptimistic(routing.label);
  const since = new Date(routing.stateSince);
  const offered = offeredWish(routing.lifecycle);
  const wish = offered !== null && allowed.includes(offered) ? offered : null;
  const isOptimistic = label !== routing.label;

  const ask = (wanted: RoutingWish) =>
    startTransition(async () => {
      showIntent(WISH_LABEL[wanted]);
      const result = await action(wanted, routing.id).catch(unanswered(UNANSWERED));
      if (result.ok) return;
      toast.error(result.message, { duration: 10_000 });
      // A wish that is refused was made of a state that is no more.
      router.refresh();
    });

  return (
    <section aria-label="Status" className="rounded-card border border-border bg-surface p-4 sm:p-6">
      <LabelAnnouncer name={routing.name} label={label} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <StatusBadge label={label} />
        <p className="text-muted text-sm">
          {isOptimistic ? 'just now' : <Since since={since} now={now} />} ·{' '}
          {moverText(routing.whoseMove, isCustomer)}
        </p>
        {wish === null ? null : (
          <div className="order-last w-full sm:order-none sm:ml-auto sm:w-auto">
            <WishButton wish={wish} isBusy={isPending} onClick={() => ask(wish)} />
          </div>
        )}
        <p className="w-full max-w-[72ch] text-lg">{verdictSentence(label, routing)}</p>
        <Notes routing={routing} now={now} />
      </div>
    </section>
  );
}

/** What the verdict rests on, where there is more to say. */
function Notes({ routing, now }: Pick<RoutingVerdictProps, 'routing' | 'now'>) {
  const { healthCause, stateSince } = routing;
  return (
    <>
      {healthCause === null ? null : (
        <p className="w-full max-w-[72ch] break-words text-sm">{causeSentence(healthCause)}</p>
      )}
      {isSlow(routing, now) ? (
        <p className="flex w-full items-center gap-1 text-sm text-warn">
          <AlarmClock aria-hidden className="size-4 shrink-0" />
          Taking longer than usual: no writer has answered for{' '}
          {formatAge(now.getTime() - Date.parse(stateSince))}.
        </p>
      ) : null}
    </>
  );
}

function Since({ since, now }: { readonly since: Date; readonly now: Date }) {
  return (
    <>
      since {formatUtcMinute(since, now)} (<RelativeTime at={since} now={now} suffix="" />)
    </>
  );
}

/** Pausing and resuming are answered by a writer; starting waits for the first event, however long that takes. */
function isSlow({ label, stateSince }: RoutingView, now: Date): boolean {
  const isAwaited = label === 'pausing' || label === 'resuming';
  return isAwaited && now.getTime() - Date.parse(stateSince) > USUAL_MS;
}
