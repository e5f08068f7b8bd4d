'use client';

import { useEffect, useRef, useState, useTransition } from 'react';
import type { ActionRefusal, ActionResult } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { unanswered } from '@/components/forms/unanswered';
import { Button } from '@/components/ui/button';
import type { EventLookView } from '@/lib/domain/event-look/look';
import { formatCountOf } from '@/lib/domain/format/count';
import { showInvisible } from '@/lib/domain/format/visible-text';
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
      <div role="status">{seen === null || isPending ? null : <Seen seen={seen} />}</div>
    </div>
  );
}

function Seen({ seen }: { readonly seen: EventLookView }) {
  switch (seen.state) {
    case 'asked':
      return <p>No worker has answered yet. Wait a moment and press the button again.</p>;
    case 'refused':
      return (
        <>
          <p>
            The file could not be read. It stays where it is, and delivery goes on without being able to read.
          </p>
          <p className="mt-1 max-w-[72ch] break-words font-mono text-xs">
            AWS: {seen.code} {showInvisible(seen.message)}
          </p>
        </>
      );
    case 'read':
      return (
        <>
          <ol
            aria-label="First lines"
            className="overflow-x-auto rounded-control border border-border bg-raised p-3 font-mono text-xs"
          >
            {numbered(seen.lines).map(({ line, at }) => (
              <li
                key={at}
                className="border-border py-1 wrap-anywhere whitespace-pre-wrap not-first:border-t"
              >
                {showInvisible(line)}
              </li>
            ))}
          </ol>
          <p className="mt-1 text-muted text-sm">
            {formatCountOf(seen.lines.length, 'line')}
            {seen.isCut ? ', and the file goes on.' : ': the whole file.'} Signs that cannot be seen are
            written out.
          </p>
        </>
      );
  }
}

/** Two lines may be the same: they have no other name than their place. */
function numbered(lines: readonly string[]): { line: string; at: number }[] {
  return lines.map((line, at) => ({ line, at }));
}
