'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import type { ActionResult } from '@/components/forms/action-result';
import { sendNoticeAgain } from '@/lib/services/notice/send-again';

export async function sendNoticeAgainAction(routingId: string, noticeId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await sendNoticeAgain({ ctx, input: { routingId, noticeId } });
    revalidatePath(`/routings/${routingId}/connection`);
    return { value: null };
  });
}
