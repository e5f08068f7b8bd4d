'use server';

import { act } from '@/app/action-result';
import type { ActionResult } from '@/components/forms/action-result';
import { requestEventLook } from '@/lib/services/event-look/request';

/** Asks for the first lines of a file; what comes of it is read by its id. */
export async function lookAction(fileId: string): Promise<ActionResult<string>> {
  return act(async (ctx) => ({ value: (await requestEventLook({ ctx, input: { fileId } })).lookId }));
}
