'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState, useTransition } from 'react';

const LOOK_EVERY_MS = 2_000;

interface HandOverWatchProps {
  readonly stateHref: string;
  /** Of the page as it was rendered. */
  readonly revision: string;
}

/**
 * Renders the page anew once it has changed, and at once when the link has ended. What is typed stays; while the
 * server does not answer, so does the page.
 */
export function HandOverWatch({ stateHref, revision }: HandOverWatchProps) {
  const router = useRouter();
  const [look, setLook] = useState(0);
  const [isPending, startTransition] = useTransition();
  useEffect(() => {
    if (isPending) return;
    const asking = new AbortController();
    const timer = setTimeout(async () => {
      const seen = await readRevision(stateHref, asking.signal).catch(() => revision);
      if (asking.signal.aborted) return;
      if (seen !== revision) startTransition(() => router.refresh());
      setLook(look + 1);
    }, LOOK_EVERY_MS);
    return () => {
      asking.abort();
      clearTimeout(timer);
    };
  }, [look, isPending, stateHref, revision, router]);
  return null;
}

/** Null when the page may not be read any more. */
async function readRevision(stateHref: string, signal: AbortSignal): Promise<string | null> {
  const answer = await fetch(stateHref, { cache: 'no-store', signal });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error('Asked again at the next look');
  const body: { readonly revision: string } = await answer.json();
  return body.revision;
}
