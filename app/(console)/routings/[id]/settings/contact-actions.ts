'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import { formText } from '@/app/form-text';
import type { ActionResult } from '@/components/forms/action-result';
import { parseEmails } from '@/lib/domain/contact/contacts';
import { removeWebhook } from '@/lib/services/contact/remove-webhook';
import { setContacts } from '@/lib/services/contact/set';
import { setWebhook } from '@/lib/services/contact/set-webhook';

export async function setContactsAction(form: FormData): Promise<ActionResult> {
  return act(async (ctx) => {
    const routingId = formText(form, 'routingId');
    const live = parseEmails(formText(form, 'live'));
    await setContacts({ ctx, input: { routingId, awsAdmin: formText(form, 'awsAdmin'), live } });
    revalidatePath(`/routings/${routingId}`, 'layout');
    return { value: null };
  });
}

export async function setWebhookAction(form: FormData): Promise<ActionResult<{ readonly secret: string }>> {
  return act(async (ctx) => {
    const routingId = formText(form, 'routingId');
    const { secret } = await setWebhook({ ctx, input: { routingId, url: formText(form, 'url') } });
    revalidatePath(`/routings/${routingId}/settings`);
    return { value: { secret } };
  });
}

export async function removeWebhookAction(routingId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await removeWebhook({ ctx, input: { routingId } });
    revalidatePath(`/routings/${routingId}/settings`);
    return { value: null };
  });
}
