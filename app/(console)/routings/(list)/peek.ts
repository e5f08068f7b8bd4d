'use server';

import { act } from '@/app/action-result';
import type { ActionResult } from '@/components/forms/action-result';
import type { PeekView } from '@/lib/domain/routing/peek';
import { readPeek } from './read-peek';

/** The side panel's content, for a panel that opens on a page that is there already. */
export async function peekAction(routingId: string): Promise<ActionResult<PeekView>> {
  return act(async (ctx) => ({ value: await readPeek(ctx, routingId) }));
}
