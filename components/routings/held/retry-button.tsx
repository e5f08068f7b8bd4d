'use client';

import { RotateCw } from 'lucide-react';
import { useTransition } from 'react';
import { toast } from 'sonner';
import type { ActionResult } from '@/components/forms/action-result';
import { unanswered } from '@/components/forms/unanswered';
import { Button } from '@/components/ui/button';

const UNANSWERED = 'Sluice did not answer. Reload the page to see what is so.';

interface RetryButtonProps {
  readonly routingId: string;
  readonly action: (routingId: string) => Promise<ActionResult>;
}

/** Lets go of what waits for a person to look, at the same place. */
export function RetryButton({ routingId, action }: RetryButtonProps) {
  const [isPending, startTransition] = useTransition();
  const retry = () =>
    startTransition(async () => {
      const result = await action(routingId).catch(unanswered(UNANSWERED));
      if (result.ok) toast('It is tried again now.');
      else toast.error(result.message, { duration: 10_000 });
    });
  return (
    <Button
      aria-disabled={isPending}
      onClick={isPending ? undefined : retry}
      className="aria-disabled:opacity-60"
    >
      <RotateCw aria-hidden />
      Try again
    </Button>
  );
}
