'use client';

import type { ActionResult, FormAction } from '@/components/forms/action-result';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormActions } from '@/components/forms/form-actions';
import { Refusal } from '@/components/forms/refusal';
import { ShowOnceDialog } from '@/components/forms/show-once-dialog';
import { useActionForm } from '@/components/forms/use-action-form';
import { FormSection } from '@/components/routings/form/form-section';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { WebhookView } from '@/lib/domain/contact/webhook';

type SetWebhook = FormAction<{ readonly secret: string }>;

interface WebhookCardProps {
  readonly routingId: string;
  readonly webhook: WebhookView | null;
  readonly set: SetWebhook;
  readonly remove: (routingId: string) => Promise<ActionResult>;
}

/** The address that a program of the customer listens on. */
export function WebhookCard({ routingId, webhook, set, remove }: WebhookCardProps) {
  return (
    <section aria-label="Webhook" className="max-w-5xl rounded-card border border-border bg-surface">
      <FormSection
        title="Webhook"
        lead="For programs: the same news as JSON, signed by Standard Webhooks, to an address of the public Internet over HTTPS."
      >
        {webhook === null ? (
          <p className="text-muted text-sm">No webhook is called for this routing.</p>
        ) : (
          <p className="break-all font-mono text-xs">{webhook.url}</p>
        )}
        <div className="flex flex-wrap gap-2">
          <ShowOnceDialog<{ readonly secret: string }>
            noun="webhook"
            title="New webhook"
            description={
              webhook === null
                ? 'Its calls are signed by a secret that is shown once.'
                : 'It takes the place of the one that is called now, with a new secret.'
            }
            form={(on) => (
              <WebhookForm routingId={routingId} action={set} onMade={on.made} onCancel={on.cancel} />
            )}
            madeTexts={{
              secret: 'secret',
              description:
                'Your receiver verifies calls by it. It is kept encrypted and cannot be shown again.',
            }}
            show={({ secret }) => ({ secret, tryIt: null })}
          />
          {webhook === null ? null : (
            <ConfirmAction
              label="Remove"
              accessibleLabel="Remove the webhook"
              pendingLabel="Removing…"
              title="Remove this webhook?"
              description="It is not called any more, and its secret is destroyed. Mails go on."
              done="The webhook has been removed"
              action={remove.bind(null, routingId)}
            />
          )}
        </div>
      </FormSection>
    </section>
  );
}

interface WebhookFormProps {
  readonly routingId: string;
  readonly action: SetWebhook;
  readonly onMade: (made: { readonly secret: string }) => void;
  readonly onCancel: () => void;
}

function WebhookForm({ routingId, action, onMade, onCancel }: WebhookFormProps) {
  const { form, isPending, refusal, errorOf } = useActionForm({ action, onDone: onMade });
  return (
    <form {...form} className="grid gap-4">
      <input type="hidden" name="routingId" value={routingId} />
      <Field name="url" label="Address" error={errorOf('url')}>
        {(control) => <Input {...control} type="url" placeholder="https://hooks.aurora.example/sluice" />}
      </Field>
      <Refusal refusal={refusal} />
      <FormActions label="Create webhook" pendingLabel="Making…" isPending={isPending} onCancel={onCancel} />
    </form>
  );
}
