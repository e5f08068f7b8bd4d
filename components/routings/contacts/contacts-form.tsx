'use client';

import { toast } from 'sonner';
import type { FormAction } from '@/components/forms/action-result';
import { Refusal } from '@/components/forms/refusal';
import { useActionForm } from '@/components/forms/use-action-form';
import { FormSection } from '@/components/routings/form/form-section';
import { Button } from '@/components/ui/button';
import type { Contacts } from '@/lib/domain/contact/contacts';
import { ContactFields } from './contact-fields';

interface ContactsFormProps {
  readonly routingId: string;
  readonly contacts: Contacts;
  readonly action: FormAction<null>;
}

/** Who is told about a routing, as it can be changed at any time. */
export function ContactsForm({ routingId, contacts, action }: ContactsFormProps) {
  const { form, isPending, refusal, errorOf } = useActionForm({
    action,
    onDone: () => toast('Contacts saved'),
  });
  return (
    <form {...form} aria-label="Contacts" className="max-w-5xl rounded-card border border-border bg-surface">
      <input type="hidden" name="routingId" value={routingId} />
      <FormSection title="Contacts" lead="People of the customer. They need no account here.">
        <ContactFields
          initial={{ awsAdmin: contacts.awsAdmin ?? '', live: contacts.live.join(', ') }}
          errorOf={errorOf}
        />
        <Refusal refusal={refusal} />
        <div>
          <Button type="submit">{isPending ? 'Saving…' : 'Save contacts'}</Button>
        </div>
      </FormSection>
    </form>
  );
}
