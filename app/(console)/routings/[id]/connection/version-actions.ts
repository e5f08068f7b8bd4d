'use server';

import { revalidatePath } from 'next/cache';
import { act } from '@/app/action-result';
import { formText } from '@/app/form-text';
import type { ActionResult } from '@/components/forms/action-result';
import type { RoutingView } from '@/lib/domain/routing/view';
import { markCompromised } from '@/lib/services/credential/mark-compromised';
import { adoptCandidate } from '@/lib/services/destination/adopt-candidate';
import { dropCandidate } from '@/lib/services/destination/drop-candidate';
import { reuseVersion } from '@/lib/services/destination/reuse-version';

export async function adoptCandidateAction(
  routingId: string,
  destinationVersion: number,
): Promise<ActionResult> {
  return act(async (ctx) => shown(await adoptCandidate({ ctx, input: { routingId, destinationVersion } })));
}

export async function dropCandidateAction(
  routingId: string,
  destinationVersion: number,
): Promise<ActionResult> {
  return act(async (ctx) => shown(await dropCandidate({ ctx, input: { routingId, destinationVersion } })));
}

export async function reuseVersionAction(
  routingId: string,
  destinationVersion: number,
): Promise<ActionResult> {
  return act(async (ctx) => shown(await reuseVersion({ ctx, input: { routingId, destinationVersion } })));
}

export async function markCompromisedAction(form: FormData): Promise<ActionResult> {
  const input = {
    routingId: formText(form, 'routingId'),
    destinationVersion: formText(form, 'destinationVersion'),
    reason: formText(form, 'reason'),
  };
  return act(async (ctx) => shown(await markCompromised({ ctx, input })));
}

function shown(routing: RoutingView) {
  revalidatePath(`/routings/${routing.id}`, 'layout');
  return { value: null };
}
