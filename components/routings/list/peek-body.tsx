'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useOptimistic, useTransition } from 'react';
import { toast } from 'sonner';
import type { ActionResult } from '@/components/forms/action-result';
import { unanswered } from '@/components/forms/unanswered';
import { moverText } from '@/components/routings/mover';
import { WishButton } from '@/components/routings/overview/wish-button';
import { offeredWish, WISH_LABEL } from '@/components/routings/overview/wishes';
import { s3Address } from '@/components/routings/place';
import { verdictSentence } from '@/components/routings/verdict';
import { ExactTime } from '@/components/time/exact-time';
import { RelativeTime } from '@/components/time/relative-time';
import { useTimeFormat } from '@/components/time/time-zone-provider';
import { causeSentence } from '@/lib/domain/routing/cause-sentence';
import { LABEL_DISPLAY } from '@/lib/domain/routing/label';
import { nextStep } from '@/lib/domain/routing/next-step';
import type { PeekView } from '@/lib/domain/routing/peek';
import type { RoutingWish } from '@/lib/domain/routing/transition';
import { TryList } from './try-list';

/** Who reads, and what they may do. */
export interface PeekReader {
  readonly isCustomer: boolean;
  readonly allowed: readonly RoutingWish[];
  readonly wish: (wish: RoutingWish, routingId: string) => Promise<ActionResult>;
}

const UNANSWERED = 'Sluice did not answer; the status shown is the last one known.';

/** Is it fine, since when, whose move is it, and the one next step. */
export function PeekBody({ view, isCustomer, allowed, wish }: PeekReader & { readonly view: PeekView }) {
  const { routing, tries } = view;
  const now = new Date(view.asOf);
  const time = useTimeFormat();
  const since = new Date(routing.stateSince);
  return (
    <div className="grid gap-4 text-sm">
      <p className="text-md">{verdictSentence(routing.label, routing, { isCustomer, time, now })}</p>
      {routing.healthCause === null ? null : (
        <p className="break-words">{causeSentence(routing.healthCause)}</p>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
        <Fact name="Status since">
          <ExactTime at={since} now={now} /> (<RelativeTime at={since} now={now} suffix="" />)
        </Fact>
        <Fact name="Whose move">{moverText(routing.whoseMove, isCustomer)}</Fact>
        <Fact name="Next step">{nextStep(routing, { isCustomer })}</Fact>
        <Fact name="Bucket">
          <span className="break-all font-mono text-xs">{s3Address(routing.destination)}</span>{' '}
          <span className="whitespace-nowrap text-muted">{routing.destination.region}</span>
        </Fact>
        <Fact name="Workspace">{routing.workspace.name}</Fact>
      </dl>
      <TryList tries={tries} now={now} />
      <PeekWish view={view} allowed={allowed} wish={wish} />
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

type PeekWishProps = Pick<PeekReader, 'allowed' | 'wish'> & { readonly view: PeekView };

/** Pause, resume or start, whichever means something now and is the reader's to ask. */
function PeekWish({ view: { routing }, allowed, wish }: PeekWishProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [asked, showAsked] = useOptimistic<RoutingWish | null>(null);
  const offered = offeredWish(routing.lifecycle);
  if (offered === null || !allowed.includes(offered)) return null;
  const ask = () =>
    startTransition(async () => {
      showAsked(offered);
      const result = await wish(offered, routing.id).catch(unanswered(UNANSWERED));
      if (!result.ok) toast.error(result.message, { duration: 10_000 });
      router.refresh();
    });
  return (
    <div className="flex items-center gap-3">
      <WishButton wish={offered} isBusy={isPending} onClick={ask} />
      <span role="status" className="text-muted">
        {asked === null ? null : LABEL_DISPLAY[WISH_LABEL[asked]].word}
      </span>
    </div>
  );
}
