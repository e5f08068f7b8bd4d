'use client';

import type { FormAction } from '@/components/forms/action-result';
import { FormActions } from '@/components/forms/form-actions';
import { Refusal } from '@/components/forms/refusal';
import { ShowOnceDialog } from '@/components/forms/show-once-dialog';
import { useActionForm } from '@/components/forms/use-action-form';
import { LINK_LIFE_DAYS } from '@/lib/domain/hand-over/limits';
import { RecipientFields } from './recipient-fields';

export interface MadeLink {
  readonly address: string;
  /** To whom it is mailed as well; null for nobody. */
  readonly mailedTo: string | null;
}

interface CreateLinkDialogProps {
  readonly routingId: string;
  /** A new link ends the one that is open. */
  readonly hasOpen: boolean;
  readonly action: FormAction<MadeLink>;
}

/** Makes a link and shows its address this once. */
export function CreateLinkDialog({ routingId, hasOpen, action }: CreateLinkDialogProps) {
  const ends = hasOpen ? ' The link that is open now stops working.' : '';
  return (
    <ShowOnceDialog<MadeLink>
      noun="link"
      accessibleLabel="New hand-over link"
      title="New hand-over link"
      description={`Whoever has it can hand over access for this destination, for ${LINK_LIFE_DAYS} days, and do nothing else.${ends}`}
      form={(on) => <LinkForm routingId={routingId} action={action} onMade={on.made} onCancel={on.cancel} />}
      show={(made) => ({ secret: made.address, tryIt: null })}
    />
  );
}

interface LinkFormProps {
  readonly routingId: string;
  readonly action: FormAction<MadeLink>;
  readonly onMade: (made: MadeLink) => void;
  readonly onCancel: () => void;
}

function LinkForm({ routingId, action, onMade, onCancel }: LinkFormProps) {
  const { form, isPending, refusal, errorOf } = useActionForm({ action, onDone: onMade });
  return (
    <form {...form} className="grid gap-4">
      <input type="hidden" name="routingId" value={routingId} />
      <RecipientFields error={errorOf('recipient')} optional />
      <Refusal refusal={refusal} />
      <FormActions label="Create link" pendingLabel="Making…" isPending={isPending} onCancel={onCancel} />
    </form>
  );
}
