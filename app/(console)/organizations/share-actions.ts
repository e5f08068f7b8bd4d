'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import { formText } from '@/app/form-text';
import type { ActionResult } from '@/components/forms/action-result';
import { webDeps } from '@/lib/auth/web-deps';
import { createShareLink } from '@/lib/services/share-link/create';
import { revokeShareLink } from '@/lib/services/share-link/revoke';

/** Answers with the address of the link: shown this once, and kept nowhere. */
export async function createShareLinkAction(form: FormData): Promise<ActionResult<string>> {
  return act(async (ctx) => {
    const input = { routingId: formText(form, 'routingId'), lifeDays: formText(form, 'lifeDays') };
    const { address } = await createShareLink({ ctx, input, origin: webDeps().address.origin });
    revalidatePath('/organizations/[id]', 'page');
    return { value: address };
  });
}

export async function revokeShareLinkAction(routingId: string, linkId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await revokeShareLink({ ctx, input: { routingId, linkId } });
    revalidatePath('/organizations/[id]', 'page');
    return { value: null };
  });
}
