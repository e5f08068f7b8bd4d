'use client';

import type { ActionRefusal, ActionResult, FormAction } from '@/components/forms/action-result';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Refusal } from '@/components/forms/refusal';
import { Button } from '@/components/ui/button';
import { KeysDialog } from './keys-dialog';
import type { RoutingMade } from './routing-made';

interface CreateButtonsProps {
  readonly isPending: boolean;
  readonly refusal: ActionRefusal | null;
  readonly createWithKeys: FormAction<RoutingMade>;
  readonly onCreated: (made: RoutingMade, notices: readonly string[]) => void;
  readonly onRefused: (refusal: ActionRefusal) => void;
  /** Null while nothing is saved. */
  readonly discard: (() => Promise<ActionResult>) | null;
}

/** The ways to be done with the page. None is ever disabled: what is missing is said, and gets the focus. */
export function CreateButtons(props: CreateButtonsProps) {
  const { isPending, refusal, createWithKeys, onCreated, onRefused, discard } = props;
  return (
    <div className="grid gap-4 border-border border-t p-4 sm:p-6">
      <Refusal refusal={refusal} />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" name="then" value="copy" variant="primary">
          {isPending ? 'Creating…' : 'Create and copy link'}
        </Button>
        <Button type="submit" name="then" value="mail">
          Create and mail link
        </Button>
        <KeysDialog create={createWithKeys} onCreated={onCreated} onRefused={onRefused} />
        {discard === null ? null : (
          <ConfirmAction
            label="Discard draft"
            accessibleLabel="Discard draft"
            pendingLabel="Discarding…"
            title="Discard this draft?"
            description="What is typed here is thrown away for good, for everybody. Nothing was created, and nobody was told anything."
            done="The draft has been discarded"
            action={discard}
          />
        )}
      </div>
      <p className="max-w-[72ch] text-muted text-sm">
        The link lets the customer’s AWS admin give access, and decides nothing. Nothing is delivered before
        somebody who is signed in starts it.
      </p>
    </div>
  );
}
