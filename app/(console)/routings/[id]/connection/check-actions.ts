'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import type { ActionResult } from '@/components/forms/action-result';
import type { CheckStep } from '@/lib/domain/access-check/step';
import { checkAccess } from '@/lib/services/access-check/check-access';
import { noteFixCopied } from '@/lib/services/access-check/note-fix-copied';
import { retestRow } from '@/lib/services/access-check/retest-row';

export async function checkAccessAction(routingId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await checkAccess({ ctx, input: { routingId } });
    return shown(routingId);
  });
}

export async function retestRowAction(
  routingId: string,
  checkId: string,
  step: CheckStep,
): Promise<ActionResult> {
  return act(async (ctx) => {
    await retestRow({ ctx, input: { routingId, checkId, step } });
    return shown(routingId);
  });
}

export async function fixCopiedAction(routingId: string, checkId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await noteFixCopied({ ctx, input: { routingId, checkId } });
    return shown(routingId);
  });
}

function shown(routingId: string) {
  revalidatePath(`/routings/${routingId}`, 'layout');
  return { value: null };
}
