'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState, useTransition } from 'react';
import type { ActionRefusal, ActionResult } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { unanswered } from '@/components/forms/unanswered';
import { Button } from '@/components/ui/button';

interface ShareGateProps {
  readonly open: (token: string) => Promise<ActionResult>;
}

const UNANSWERED = 'Sluice did not answer. Press Show status again.';

/** What everybody sees who fetches the address: it says nothing about anybody. Then the token leaves the address. */
export function ShareGate({ open }: ShareGateProps) {
  const router = useRouter();
  const [isWhole, setWhole] = useState(true);
  const [refusal, setRefusal] = useState<ActionRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  useEffect(() => setWhole(window.location.hash.length > 1), []);

  const press = () =>
    startTransition(async () => {
      const result = await open(window.location.hash.slice(1)).catch(unanswered(UNANSWERED));
      if (!result.ok) return setRefusal(result);
      window.history.replaceState(null, '', window.location.pathname);
      router.refresh();
    });

  if (!isWhole || refusal?.code === 'NOT_FOUND') return <Ended />;
  return (
    <section className="rounded-card border border-border bg-surface p-4 sm:p-6">
      <h1 className="font-semibold text-lg">Somebody shared the status of a delivery with you</h1>
      <p className="mt-2 max-w-[72ch]">
        You see whether it runs and how late it is, and can change nothing. No account is needed.
      </p>
      <div className="mt-4 grid gap-3">
        <Refusal refusal={refusal} />
        <Button variant="primary" className="w-full sm:w-fit" onClick={isPending ? undefined : press}>
          {isPending ? 'Opening…' : 'Show status'}
        </Button>
      </div>
    </section>
  );
}

/** One text for every link that does not work, so that nothing can be learnt by trying. */
function Ended() {
  return (
    <section className="rounded-card border border-border bg-surface p-4 sm:p-6">
      <h1 className="font-semibold text-md">This link does not work, or does not work any more.</h1>
      <p className="mt-1 max-w-[72ch] text-muted">
        It may have been cut short on its way, or have ended: a shared status can be seen for seven days at
        most. Open it again from where you got it, or ask whoever sent it for a new one.
      </p>
    </section>
  );
}
