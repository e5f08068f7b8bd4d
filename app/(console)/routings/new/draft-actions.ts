'use server';

import { revalidatePath } from 'next/cache';
import { readSaveDraft } from '@/app/(console)/routings/routing-input';
import { act } from '@/app/action-result';
import type { ActionResult } from '@/components/forms/action-result';
import type { DraftSaved } from '@/components/routings/form/use-autosave';
import { discardRoutingDraft } from '@/lib/services/routing/discard-draft';
import { saveRoutingDraft } from '@/lib/services/routing/save-draft';

/** Saves what is typed; nothing is rendered anew, for the form knows it already. */
export async function saveDraftAction(form: FormData): Promise<ActionResult<DraftSaved>> {
  return act(async (ctx) => {
    const { draft, faults, placeTaken } = await saveRoutingDraft({ ctx, input: readSaveDraft(form) });
    return { value: { draft, leftOut: Object.keys(faults), placeTaken } };
  });
}

export async function discardDraftAction(draftId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await discardRoutingDraft({ ctx, input: { draftId } });
    revalidatePath('/routings');
    return { value: null };
  });
}
