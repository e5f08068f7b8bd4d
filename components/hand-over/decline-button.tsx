'use client';

import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmAction } from '@/components/forms/confirm-action';

interface DeclineButtonProps {
  readonly askedBy: string;
  readonly action: () => Promise<ActionResult>;
}

/** The way out for somebody who never heard of this. */
export function DeclineButton({ askedBy, action }: DeclineButtonProps) {
  return (
    <ConfirmAction
      label="I did not expect this"
      accessibleLabel="I did not expect this"
      pendingLabel="Ending the link…"
      title="End this link?"
      description={`The link stops working at once, for you and for everybody it was passed on to, and ${askedBy} is told that you did not expect it. Nothing was delivered, and nothing at AWS changes.`}
      done="The link has ended"
      action={action}
    />
  );
}
