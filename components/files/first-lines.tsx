'use client';

import { useEffect, useRef, useState, useTransition } from 'react';
import type { ActionRefusal, ActionResult } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { unanswered } from '@/components/forms/unanswered';
import { Button } from '@/components/ui/button';
import type { EventLookView } from '@/lib/domain/event-look/look';
import { LookedAt } from './looked-at';
import { waitForLook } from './wait-for-look';

interface FirstLinesProps {
  readonly fileId: string;
  /** Where what comes of a look is read: its id is put behind it. */
  readonly looksHref: string;
  readonly look: (fileId: string) => Promise<ActionResult<string>>;
}

const UNANSWERED = 'Sluice did not answer. Press the button again.';

/** The first lines of a file, read from the bucket when somebody of the customer asks. */
export function FirstLines({ fileId, looksHref, look }: FirstLinesProps) {
  const [refusal, setRefusal] = useState<ActionRefusal | null>(null);
  const [seen, setSeen] = useState<EventLookView | null>(null);
  const [isPending, startTransition] = useTransition();
  const waiting = useRef<AbortController>(null);
  useEffect(() => () => waiting.current?.abort(), []);

  const press = () =>
    startTransition(async () => {
      setRefusal(null);
      const result = await look(fileId).catch(unanswered(UNANSWERED));
      if (!result.ok) return setRefusal(result);
      waiting.current?.abort();
      waiting.current = new AbortController();
      const answer = await waitForLook(`${looksHref}/${result.value}`, waiting.current.signal);
      setSeen(answer);
    });

  return (
    <div className="grid max-w-5xl gap-3">
      <p className="max-w-[72ch] text-muted text-sm">
        At most 20 lines, read now from your bucket by the access that you gave. They are shown to you alone
        and kept for five minutes at most; that you looked is recorded.
      </p>
      <Refusal refusal={refusal} />
      <Button className="w-full sm:w-fit" onClick={isPending ? undefined : press}>
        {isPending ? 'Reading…' : seen === null ? 'Read the first lines' : 'Read them again'}
      </Button>
      <div role="status">{seen === null || isPending ? null : <LookedAt seen={seen} />}</div>
    </div>
  );
}
