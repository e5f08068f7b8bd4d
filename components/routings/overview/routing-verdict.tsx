'use client';

import { useRouter } from 'next/navigation';
import { useOptimistic, useState, useTransition } from 'react';
import { toast } from 'sonner';
import type { ActionResult } from '@/components/forms/action-result';
import { unanswered } from '@/components/forms/unanswered';
import { useLive } from '@/components/live/live-context';
import { moverText } from '@/components/routings/mover';
import { StatusBadge } from '@/components/routings/status-badge';
import { verdictSentence } from '@/components/routings/verdict';
import { ExactTime } from '@/components/time/exact-time';
import { RelativeTime } from '@/components/time/relative-time';
import { useTimeFormat } from '@/components/time/time-zone-provider';
import type { AccessCheckView } from '@/lib/domain/access-check/view';
import type { RoutingPulse } from '@/lib/domain/live/pulse';
import { explainStatus } from '@/lib/domain/routing/explain-status';
import type { RoutingLabel } from '@/lib/domain/routing/label';
import type { RoutingWish } from '@/lib/domain/routing/transition';
import type { RoutingView, TriesView } from '@/lib/domain/routing/view';
import { LabelAnnouncer } from './label-announcer';
import { StartDialog } from './start-dialog';
import { StatusNotes } from './status-notes';
import { WhyStatus } from './why-status';
import { WishButton } from './wish-button';
import { offeredWish, WISH_LABEL } from './wishes';

type WishAction = (wish: RoutingWish, routingId: string) => Promise<ActionResult>;

interface RoutingVerdictProps {
  readonly routing: RoutingView;
  readonly now: Date;
  readonly isCustomer: boolean;
  /** The newest tries, where something stands in the way. */
  readonly tries: TriesView | null;
  /** "Today 99.98 % of 12,408,113 events arrived within 5 minutes."; null where nothing came. */
  readonly arrival: string | null;
  /** The newest check of its access, which whoever starts it looks at; null where there is none. */
  readonly check: AccessCheckView | null;
  readonly allowed: readonly RoutingWish[];
  readonly action: WishAction;
}

const UNANSWERED = 'Sluice did not answer; the status below is the last one known.';

/** Is it fine, since when, whose move is it, and the one next step. A click shows its intent at once. */
export function RoutingVerdict(props: RoutingVerdictProps) {
  const { routing, now, isCustomer, tries, arrival, check, allowed, action } = props;
  const router = useRouter();
  const time = useTimeFormat();
  const [isPending, startTransition] = useTransition();
  const [label, showIntent] = useOptimistic(routing.label);
  const offered = offeredWish(routing.lifecycle);
  const wish = offered !== null && allowed.includes(offered) ? offered : null;
  const isOptimistic = label !== routing.label;
  const [isConfirming, setConfirming] = useState(false);

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
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-[1fr_auto]">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <StatusBadge label={label} />
          <p className="text-muted text-sm">
            {isOptimistic ? 'just now' : <Since since={new Date(routing.stateSince)} now={now} />} ·{' '}
            {moverText(routing.whoseMove, isCustomer)}
          </p>
          <WhyStatus facts={explainStatus(routing, tries, { isCustomer, time, now })} />
        </div>
        {wish === null ? null : (
          <div className="order-last sm:order-none">
            <WishButton
              wish={wish}
              isBusy={isPending}
              onClick={() => (wish === 'start' ? setConfirming(true) : ask(wish))}
            />
            <StartDialog
              routing={routing}
              check={check}
              now={now}
              open={isConfirming}
              onOpenChange={setConfirming}
              onConfirm={() => {
                setConfirming(false);
                ask('start');
              }}
            />
          </div>
        )}
        <div className="flex flex-col gap-2 sm:col-span-2">
          <Sentence routing={routing} label={label} now={now} isCustomer={isCustomer} arrival={arrival} />
          <StatusNotes routing={routing} now={now} />
        </div>
      </div>
    </section>
  );
}

interface SentenceProps extends Pick<RoutingVerdictProps, 'routing' | 'now' | 'isCustomer' | 'arrival'> {
  readonly label: RoutingLabel;
}

/** The verdict in words, with the figures of this moment. */
function Sentence({ routing, label, now, isCustomer, arrival }: SentenceProps) {
  const time = useTimeFormat();
  const pulse = useLive().pulseOf(routing.id);
  const facts = pulse === undefined ? routing : { ...routing, ...figuresOf(pulse) };
  const isArriving = label === 'delivering' || label === 'late' || label === 'idle';
  return (
    <p className="max-w-[72ch] text-lg tabular-nums">
      {verdictSentence(label, facts, { isCustomer, time, now })}
      {isArriving && arrival !== null ? ` ${arrival}` : null}
    </p>
  );
}

function figuresOf({ freshnessMs, pendingRows, pendingBytes, keptUntil }: RoutingPulse) {
  return { freshnessMs, pendingRows, pendingBytes, keptUntil };
}

function Since({ since, now }: { readonly since: Date; readonly now: Date }) {
  return (
    <>
      since <ExactTime at={since} now={now} /> (<RelativeTime at={since} now={now} suffix="" />)
    </>
  );
}
