'use client';

import { Scale } from 'lucide-react';
import { useTransition } from 'react';
import { toast } from 'sonner';
import type { ActionResult } from '@/components/forms/action-result';
import { unanswered } from '@/components/forms/unanswered';
import { Button } from '@/components/ui/button';

export type StartAction = (routingId: string) => Promise<ActionResult>;

interface CompareButtonProps {
  readonly routingId: string;
  readonly start: StartAction;
  readonly isRunning: boolean;
}

const UNANSWERED = 'Sluice did not answer. Reload the page to see whether the comparison began.';

/** Begins a comparison of the last seven days. */
export function CompareButton({ routingId, start, isRunning }: CompareButtonProps) {
  const [isPending, startTransition] = useTransition();
  const isBusy = isRunning || isPending;
  const begin = () =>
    startTransition(async () => {
      const result = await start(routingId).catch(unanswered(UNANSWERED));
      if (!result.ok) toast.error(result.message, { duration: 10_000 });
    });
  return (
    <Button
      size="sm"
      aria-disabled={isBusy}
      onClick={isBusy ? undefined : begin}
      title="Compares the last seven days"
    >
      <Scale aria-hidden />
      {isBusy ? 'Comparing…' : 'Compare with the bucket now'}
    </Button>
  );
}
