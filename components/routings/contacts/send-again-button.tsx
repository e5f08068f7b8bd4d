'use client';

import { useTransition } from 'react';
import { toast } from 'sonner';
import type { ActionResult } from '@/components/forms/action-result';
import { unanswered } from '@/components/forms/unanswered';
import { Button } from '@/components/ui/button';

const UNANSWERED = 'Sluice did not answer. Reload the page to see whether it was sent.';

interface SendAgainButtonProps {
  readonly to: string;
  readonly action: () => Promise<ActionResult>;
}

/** Tells one receiver once more what they were told. */
export function SendAgainButton({ to, action }: SendAgainButtonProps) {
  const [isPending, startTransition] = useTransition();
  const send = () =>
    startTransition(async () => {
      const result = await action().catch(unanswered(UNANSWERED));
      if (result.ok) toast(`${to} is told again.`);
      else toast.error(result.message, { duration: 10_000 });
    });
  return (
    <Button
      size="sm"
      variant="quiet"
      aria-label={`Send again to ${to}`}
      aria-disabled={isPending}
      onClick={isPending ? undefined : send}
      className="ml-auto aria-disabled:opacity-60"
    >
      {isPending ? 'Asking…' : 'Send again'}
    </Button>
  );
}
