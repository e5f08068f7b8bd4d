'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import { formText } from '@/app/form-text';
import type { MadeToken } from '@/components/account/create-token-dialog';
import type { ActionResult } from '@/components/forms/action-result';
import { createApiToken } from '@/lib/services/api-token/create';
import { revokeApiToken } from '@/lib/services/api-token/revoke';
import { revokeSession } from '@/lib/services/session/revoke';

export async function createApiTokenAction(form: FormData): Promise<ActionResult<MadeToken>> {
  return act(async (ctx) => {
    const input = { name: formText(form, 'name'), expiresInDays: Number(formText(form, 'expiresInDays')) };
    const { token } = await createApiToken({ ctx, input });
    revalidatePath('/account');
    return { value: { token } };
  });
}

export async function revokeApiTokenAction(apiTokenId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await revokeApiToken({ ctx, input: { apiTokenId } });
    revalidatePath('/account');
    return { value: null };
  });
}

export async function revokeSessionAction(sessionId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await revokeSession({ ctx, input: { sessionId } });
    revalidatePath('/account');
    return { value: null };
  });
}
