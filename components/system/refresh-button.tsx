'use client';

import { RefreshCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';

/** Asks the server for the page again, without leaving it. */
export function RefreshButton() {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <Button
      variant="quiet"
      size="icon"
      aria-label={isPending ? 'Refreshing' : 'Refresh'}
      onClick={() => startTransition(() => router.refresh())}
    >
      <RefreshCw aria-hidden />
    </Button>
  );
}
