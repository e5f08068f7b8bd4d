'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';

const LOOK_EVERY_MS = 2_000;

/** Renders the page anew every two seconds for as long as it stands on it: figures of work that goes on. */
export function RefreshWhileRunning() {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  useEffect(() => {
    if (isPending) return;
    const timer = setTimeout(() => startTransition(() => router.refresh()), LOOK_EVERY_MS);
    return () => clearTimeout(timer);
  }, [isPending, router]);
  return null;
}
