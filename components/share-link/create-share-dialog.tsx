'use client';

import { useState } from 'react';
import type { FormAction } from '@/components/forms/action-result';
import { FormActions } from '@/components/forms/form-actions';
import { Refusal } from '@/components/forms/refusal';
import { ShowOnceDialog } from '@/components/forms/show-once-dialog';
import { useActionForm } from '@/components/forms/use-action-form';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { formatCountOf } from '@/lib/domain/format/count';
import type { NamedRef } from '@/lib/domain/routing/view';
import { SHARE_LIFE_DAYS_MAX } from '@/lib/domain/share-link/limits';

interface CreateShareDialogProps {
  readonly routings: readonly NamedRef[];
  readonly action: FormAction<string>;
}

/** Makes a link to a routing's status and shows its address this once. */
export function CreateShareDialog({ routings, action }: CreateShareDialogProps) {
  return (
    <ShowOnceDialog<string>
      noun="link"
      accessibleLabel="New share link"
      title="New share link"
      description="Whoever has it sees the status, the latency and the hours of one routing: no bucket, no account, no key, no error text and nobody’s name."
      form={(on) => <ShareForm routings={routings} action={action} onMade={on.made} onCancel={on.cancel} />}
      show={(address) => ({ secret: address, tryIt: null })}
    />
  );
}

interface ShareFormProps extends CreateShareDialogProps {
  readonly onMade: (address: string) => void;
  readonly onCancel: () => void;
}

const LIVES = Array.from({ length: SHARE_LIFE_DAYS_MAX }, (_, index) => {
  const days = SHARE_LIFE_DAYS_MAX - index;
  return { value: String(days), label: formatCountOf(days, 'day') };
});

function ShareForm({ routings, action, onMade, onCancel }: ShareFormProps) {
  const { form, isPending, refusal, errorOf } = useActionForm({ action, onDone: onMade });
  const [routingId, setRoutingId] = useState(routings.length === 1 ? (routings[0]?.id ?? '') : '');
  const [lifeDays, setLifeDays] = useState(String(SHARE_LIFE_DAYS_MAX));
  return (
    <form {...form} className="grid gap-4">
      <Field name="routingId" id="share-routing" label="Routing" error={errorOf('routingId')}>
        {(control) => (
          <Select
            control={control}
            options={routings.map(({ id, name }) => ({ value: id, label: name }))}
            value={routingId}
            placeholder="Choose a routing"
            onValueChange={setRoutingId}
          />
        )}
      </Field>
      <Field
        name="lifeDays"
        id="share-life"
        label="Works for"
        hint="You can revoke it at any time."
        error={errorOf('lifeDays')}
      >
        {(control) => (
          <Select
            control={control}
            options={LIVES}
            value={lifeDays}
            placeholder="Choose how long"
            onValueChange={setLifeDays}
          />
        )}
      </Field>
      <Refusal refusal={refusal} />
      <FormActions label="Create link" pendingLabel="Making…" isPending={isPending} onCancel={onCancel} />
    </form>
  );
}
