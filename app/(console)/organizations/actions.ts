'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import { formText } from '@/app/form-text';
import type { ActionResult } from '@/components/forms/action-result';
import type { MadeKey } from '@/components/organizations/create-key-dialog';
import { apiKeyKindSchema } from '@/lib/domain/access/api-key';
import type { NamedRef } from '@/lib/domain/routing/view';
import { createApiKey } from '@/lib/services/api-key/create';
import { revokeApiKey } from '@/lib/services/api-key/revoke';
import { createOrganization } from '@/lib/services/organization/create';
import { createWorkspace } from '@/lib/services/workspace/create';

export async function createOrganizationAction(form: FormData): Promise<ActionResult<NamedRef>> {
  return act(async (ctx) => {
    const { id, name } = await createOrganization({ ctx, input: { name: formText(form, 'name') } });
    revalidatePath('/organizations');
    revalidatePath('/routings/new');
    return { value: { id, name } };
  });
}

export async function createWorkspaceAction(form: FormData): Promise<ActionResult<NamedRef>> {
  return act(async (ctx) => {
    const organizationId = formText(form, 'organizationId');
    const input = { organizationId, name: formText(form, 'name') };
    const { id, name } = await createWorkspace({ ctx, input });
    revalidatePath(`/organizations/${organizationId}`);
    revalidatePath('/routings/new');
    return { value: { id, name } };
  });
}

export async function createApiKeyAction(form: FormData): Promise<ActionResult<MadeKey>> {
  return act(async (ctx) => {
    const kind = apiKeyKindSchema.catch('server').parse(formText(form, 'kind'));
    const input = { workspaceId: formText(form, 'workspaceId'), name: formText(form, 'name'), kind };
    const { key } = await createApiKey({ ctx, input });
    revalidatePath('/organizations/[id]', 'page');
    return { value: { key, kind } };
  });
}

export async function revokeApiKeyAction(apiKeyId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await revokeApiKey({ ctx, input: { apiKeyId } });
    revalidatePath('/organizations/[id]', 'page');
    return { value: null };
  });
}
