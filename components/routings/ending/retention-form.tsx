'use client';

import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { FormSection } from '@/components/routings/form/form-section';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RETENTION_HOURS } from '@/lib/domain/routing/retention-input';
import type { RoutingView } from '@/lib/domain/routing/view';

interface RetentionFormProps {
  readonly routing: RoutingView;
  readonly action: FormAction<RoutingView>;
}

/** How long undelivered events are held. Asks again, with their number, where some are older than that already. */
export function RetentionForm({ routing, action }: RetentionFormProps) {
  const { form, isPending, refusal, errorOf } = useActionForm({
    action,
    onDone: ({ retentionHours }) => {
      toast(`Undelivered events are held for ${retentionHours} hours.`);
    },
  });
  const loss = errorOf('acceptsLoss');
  return (
    <form {...form} aria-label="Retention">
      <FormSection
        title="Holding what cannot be delivered"
        lead="Undelivered events become a gap when they are older than this. It is announced before."
      >
        <input type="hidden" name="routingId" value={routing.id} />
        <Field
          name="retentionHours"
          label="Hours"
          hint={`Between ${RETENTION_HOURS.min} and ${RETENTION_HOURS.max} (seven days).`}
          error={errorOf('retentionHours')}
          className="max-w-xs"
        >
          {(control) => (
            <Input {...control} inputMode="numeric" defaultValue={String(routing.retentionHours)} />
          )}
        </Field>
        {loss === undefined ? null : (
          <div className="grid gap-2 rounded-card border border-bad p-4">
            <p id="acceptsLoss-error" className="max-w-[72ch]">
              {loss}
            </p>
            <label htmlFor="acceptsLoss" className="flex items-start gap-2">
              <Checkbox
                id="acceptsLoss"
                name="acceptsLoss"
                value="true"
                aria-invalid
                aria-describedby="acceptsLoss-error"
              />
              <span>I accept this loss.</span>
            </label>
          </div>
        )}
        <Refusal refusal={refusal} />
        <div>
          <Button type="submit">{isPending ? 'Saving…' : 'Save retention'}</Button>
        </div>
      </FormSection>
    </form>
  );
}
