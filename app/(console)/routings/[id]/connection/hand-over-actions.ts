'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import { formText } from '@/app/form-text';
import type { ActionResult } from '@/components/forms/action-result';
import type { MadeLink } from '@/components/hand-over/create-link-dialog';
import { webDeps } from '@/lib/auth/web-deps';
import { createHandOverLink } from '@/lib/services/hand-over/create';
import { revokeHandOverLink } from '@/lib/services/hand-over/revoke';

export async function createLinkAction(form: FormData): Promise<ActionResult<MadeLink>> {
  return act(async (ctx) => {
    const routingId = formText(form, 'routingId');
    const recipient = formText(form, 'recipient');
    const input = { routingId, recipient, isMailed: formText(form, 'isMailed') !== '' };
    const { address } = await createHandOverLink({ ctx, input, origin: webDeps().address.origin });
    revalidatePath(`/routings/${routingId}/connection`);
    return { value: { address, mailedTo: input.isMailed ? recipient : null } };
  });
}

export async function revokeLinkAction(routingId: string, linkId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await revokeHandOverLink({ ctx, input: { routingId, linkId } });
    revalidatePath(`/routings/${routingId}/connection`);
    return { value: null };
  });
}
