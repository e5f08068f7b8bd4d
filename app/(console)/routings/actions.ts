'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import type { ActionResult } from '@/components/forms/action-result';
import type { RoutingWish } from '@/lib/domain/routing/transition';
import type { RoutingView } from '@/lib/domain/routing/view';
import { enterAccess } from '@/lib/services/credential/enter-access';
import { releaseHeldCut } from '@/lib/services/delivery/release-held-cut';
import { retryHeld } from '@/lib/services/delivery/retry-held';
import { archiveRouting } from '@/lib/services/routing/archive';
import type { RoutingSaved } from '@/lib/services/routing/create';
import { disableRouting } from '@/lib/services/routing/disable';
import { patchRouting } from '@/lib/services/routing/patch';
import { pauseRouting } from '@/lib/services/routing/pause';
import { resumeRouting } from '@/lib/services/routing/resume';
import { setRetention } from '@/lib/services/routing/set-retention';
import { startRouting } from '@/lib/services/routing/start';
import {
  readArchive,
  readDestinationPatch,
  readDisable,
  readEnterAccess,
  readRelease,
  readRetention,
  readSettingsPatch,
} from './routing-input';

export async function updateSettingsAction(form: FormData): Promise<ActionResult<RoutingView>> {
  return act(async (ctx) => shown(await patchRouting({ ctx, input: readSettingsPatch(form) })));
}

export async function updateDestinationAction(form: FormData): Promise<ActionResult<RoutingView>> {
  return act(async (ctx) => shown(await patchRouting({ ctx, input: readDestinationPatch(form) })));
}

export async function enterAccessAction(form: FormData): Promise<ActionResult<RoutingView>> {
  return act(async (ctx) => shown(await enterAccess({ ctx, input: readEnterAccess(form) })));
}

function shown({ routing, notices }: RoutingSaved) {
  revalidatePath(`/routings/${routing.id}`, 'layout');
  return { value: routing, notices };
}

export async function releaseAction(form: FormData): Promise<ActionResult<RoutingView>> {
  return act(async (ctx) => {
    const { routing } = await releaseHeldCut({ ctx, input: readRelease(form) });
    return shown({ routing, notices: [] });
  });
}

export async function disableAction(form: FormData): Promise<ActionResult<RoutingView>> {
  return act(async (ctx) => {
    const routing = await disableRouting({ ctx, input: readDisable(form) });
    return shown({ routing, notices: [] });
  });
}

export async function archiveAction(form: FormData): Promise<ActionResult<RoutingView>> {
  return act(async (ctx) => {
    const routing = await archiveRouting({ ctx, input: readArchive(form) });
    return shown({ routing, notices: [] });
  });
}

export async function setRetentionAction(form: FormData): Promise<ActionResult<RoutingView>> {
  return act(async (ctx) => {
    const routing = await setRetention({ ctx, input: readRetention(form) });
    return shown({ routing, notices: [] });
  });
}

export async function retryAction(routingId: string): Promise<ActionResult> {
  return act(async (ctx) => {
    await retryHeld({ ctx, input: { routingId } });
    revalidatePath(`/routings/${routingId}`);
    return { value: null };
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
