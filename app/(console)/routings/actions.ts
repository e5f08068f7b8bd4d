'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import type { ActionResult } from '@/components/forms/action-result';
import type { RoutingWish } from '@/lib/domain/routing/transition';
import type { RoutingView } from '@/lib/domain/routing/view';
import { createRouting } from '@/lib/services/routing/create';
import { pauseRouting } from '@/lib/services/routing/pause';
import { resumeRouting } from '@/lib/services/routing/resume';
import { startRouting } from '@/lib/services/routing/start';
import { updateRouting } from '@/lib/services/routing/update';
import { readCreateRouting, readUpdateRouting } from './routing-input';

export async function createRoutingAction(form: FormData): Promise<ActionResult<{ readonly id: string }>> {
  return act(async (ctx) => {
    const { routing, notices } = await createRouting({ ctx, input: readCreateRouting(form) });
    revalidatePath('/routings');
    return { value: { id: routing.id }, notices };
  });
}

export async function updateRoutingAction(form: FormData): Promise<ActionResult<RoutingView>> {
  return act(async (ctx) => {
    const { routing, notices } = await updateRouting({ ctx, input: readUpdateRouting(form) });
    revalidatePath(`/routings/${routing.id}`, 'layout');
    return { value: routing, notices };
  });
}

export async function wishAction(wish: RoutingWish, routingId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await carryOut(wish)({ ctx, input: { routingId } });
    revalidatePath(`/routings/${routingId}`);
    return { value: null };
  });
}

function carryOut(wish: RoutingWish) {
  switch (wish) {
    case 'start':
      return startRouting;
    case 'pause':
      return pauseRouting;
    case 'resume':
      return resumeRouting;
  }
}
