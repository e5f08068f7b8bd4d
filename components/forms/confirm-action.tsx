'use client';

import { type ReactNode, useState, useTransition } from 'react';
import { toast } from 'sonner';
import { AlertDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import type { ActionResult } from './action-result';
import { unanswered } from './unanswered';

interface ConfirmActionProps {
  readonly label: string;
  /** Names the row for screen readers where the same word stands in every row. */
  readonly accessibleLabel: string;
  readonly pendingLabel: string;
  readonly title: string;
  /** What will happen, and what will not. */
  readonly description: ReactNode;
  readonly done: string;
  readonly action: () => Promise<ActionResult>;
}

const UNANSWERED = 'Sluice did not answer. Reload the page to see what is so.';

/** A button for what cannot be undone: asks first, then says what came of it. */
export function ConfirmAction(props: ConfirmActionProps) {
  const [isOpen, setOpen] = useState(false);
  const [isPending, startTransition] = useTransition();
  const confirm = () =>
    startTransition(async () => {
      const result = await props.action().catch(unanswered(UNANSWERED));
      if (result.ok) toast(props.done);
      else toast.error(result.message, { duration: 10_000 });
    });
  return (
    <>
      <Button size="sm" aria-label={props.accessibleLabel} onClick={() => setOpen(true)}>
        {isPending ? props.pendingLabel : props.label}
      </Button>
      <AlertDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={props.title}
        description={props.description}
        confirmLabel={props.label}
        onConfirm={confirm}
      />
    </>
  );
}
