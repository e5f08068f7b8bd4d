'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import type { ActionResult } from '@/components/forms/action-result';
import { startReconciliation } from '@/lib/services/reconciliation/start';

export async function startReconciliationAction(routingId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await startReconciliation({ ctx, input: { routingId } });
    revalidatePath(`/routings/${routingId}/files`, 'layout');
    return { value: null };
  });
}
