'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import { formText } from '@/app/form-text';
import type { ActionResult } from '@/components/forms/action-result';
import { webDeps } from '@/lib/auth/web-deps';
import { createHandOverLink } from '@/lib/services/hand-over/create';
import { revokeHandOverLink } from '@/lib/services/hand-over/revoke';

export async function createLinkAction(form: FormData): Promise<ActionResult<{ readonly address: string }>> {
  return act(async (ctx) => {
    const routingId = formText(form, 'routingId');
    const input = { routingId, recipient: formText(form, 'recipient') };
    const { address } = await createHandOverLink({ ctx, input, origin: webDeps().address.origin });
    revalidatePath(`/routings/${routingId}/connection`);
    return { value: { address } };
  });
}

export async function revokeLinkAction(routingId: string, linkId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await revokeHandOverLink({ ctx, input: { routingId, linkId } });
    revalidatePath(`/routings/${routingId}/connection`);
    return { value: null };
  });
}
