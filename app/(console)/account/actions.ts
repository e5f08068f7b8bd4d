'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import { formText } from '@/app/form-text';
import type { MadeToken } from '@/components/account/create-token-dialog';
import type { ChangedPassword } from '@/components/account/password-form';
import type { ActionResult } from '@/components/forms/action-result';
import { currentSession } from '@/lib/auth/current-session';
import { createApiToken } from '@/lib/services/api-token/create';
import { revokeApiToken } from '@/lib/services/api-token/revoke';
import { revokeSession } from '@/lib/services/session/revoke';
import { revokeOtherSessions } from '@/lib/services/session/revoke-others';
import { changePassword } from '@/lib/services/user/change-password';
import { setTimeZone } from '@/lib/services/user/set-time-zone';

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

export async function revokeOtherSessionsAction(): Promise<ActionResult> {
  return act(async (ctx) => {
    await revokeOtherSessions({ ctx, input: { sessionId: await ownSessionId() } });
    revalidatePath('/account');
    return { value: null };
  });
}

export async function changePasswordAction(form: FormData): Promise<ActionResult<ChangedPassword>> {
  return act(async (ctx) => {
    const input = {
      currentPassword: formText(form, 'currentPassword'),
      newPassword: formText(form, 'newPassword'),
      sessionId: await ownSessionId(),
    };
    const value = await changePassword({ ctx, input });
    revalidatePath('/account');
    return { value };
  });
}

export async function setTimeZoneAction(form: FormData): Promise<ActionResult> {
  return act(async (ctx) => {
    await setTimeZone({ ctx, input: { timeZone: formText(form, 'timeZone') } });
    revalidatePath('/', 'layout');
    return { value: null };
  });
}

async function ownSessionId(): Promise<string> {
  return (await currentSession())?.sessionId ?? '';
}
