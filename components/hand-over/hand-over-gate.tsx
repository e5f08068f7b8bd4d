'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState, useTransition } from 'react';
import type { ActionRefusal, ActionResult } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { unanswered } from '@/components/forms/unanswered';
import { Button } from '@/components/ui/button';
import { EndedCard } from './ended-card';

interface HandOverGateProps {
  /** Where it can be asked whether this browser has begun before. */
  readonly stateHref: string;
  readonly begin: (token: string) => Promise<ActionResult>;
}

const UNANSWERED = 'Sluice did not answer. Press Begin again.';

/**
 * What everybody sees who fetches the address, a mail scanner too: it says nothing about anybody, and nothing changes
 * before Begin is pressed. Then the token of the address is exchanged for a cookie, and leaves the address.
 */
export function HandOverGate({ stateHref, begin }: HandOverGateProps) {
  const router = useRouter();
  const [isWhole, setWhole] = useState(true);
  const [refusal, setRefusal] = useState<ActionRefusal | null>(null);
  const [isPending, startTransition] = useTransition();

  useEffect(() => setWhole(window.location.hash.length > 1), []);
  // A click in a mail comes from elsewhere, so that the cookie of a page begun before does not come along.
  useEffect(() => {
    const asking = new AbortController();
    fetch(stateHref, { cache: 'no-store', signal: asking.signal }).then(
      (answer) => answer.ok && router.refresh(),
      () => undefined,
    );
    return () => asking.abort();
  }, [stateHref, router]);

  const press = () =>
    startTransition(async () => {
      const result = await begin(window.location.hash.slice(1)).catch(unanswered(UNANSWERED));
      if (!result.ok) return setRefusal(result);
      window.history.replaceState(null, '', window.location.pathname);
      router.refresh();
    });

  if (!isWhole || refusal?.code === 'NOT_FOUND') return <EndedCard />;
  return (
    <section className="rounded-card border border-border bg-surface p-4 sm:p-6">
      <h1 className="font-semibold text-lg">You were asked to set up a delivery of data</h1>
      <p className="mt-2 max-w-[72ch]">
        Somebody sent you this link so that files can be written into an S3 bucket of yours. Press Begin to
        see who asks, for which bucket, and what it takes: about five minutes at AWS, and no account here.
      </p>
      <p className="mt-2 max-w-[72ch] text-muted text-sm">
        Beginning commits you to nothing. Whoever sent you the link sees that you opened it.
      </p>
      <div className="mt-4 grid gap-3">
        <Refusal refusal={refusal} />
        <Button variant="primary" className="w-full sm:w-fit" onClick={isPending ? undefined : press}>
          {isPending ? 'Opening…' : 'Begin'}
        </Button>
      </div>
    </section>
  );
}
