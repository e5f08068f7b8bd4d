'use server';

import { readCreateRouting } from '@/app/(console)/routings/routing-input';
import { act } from '@/app/action-result';
import { formText } from '@/app/form-text';
import type { ActionResult } from '@/components/forms/action-result';
import type { RoutingMade } from '@/components/routings/form/routing-made';
import { webDeps } from '@/lib/auth/web-deps';
import { AppError } from '@/lib/domain/errors';
import type { Ctx } from '@/lib/services/context';
import { createHandOverLink } from '@/lib/services/hand-over/create';
import { createRouting } from '@/lib/services/routing/create';

/** Makes the routing and, unless keys came with it, the link by which its customer gives access. */
export async function createRoutingAction(form: FormData): Promise<ActionResult<RoutingMade>> {
  return act(async (ctx) => {
    const input = readCreateRouting(form);
    const awsAdmin = formText(form, 'awsAdmin').trim();
    const isMailed = formText(form, 'then') === 'mail';
    if (isMailed && awsAdmin === '') throw nobodyToMail();
    const { routing, notices } = await createRouting({ ctx, input });
    // Nothing is rendered anew: the page of this draft would lead away before the link has been copied.
    if (input.access === 'now') return { value: { id: routing.id, link: null }, notices };
    const link = await makeLink(ctx, routing.id, { recipient: awsAdmin, isMailed });
    return { value: { id: routing.id, link }, notices: link === null ? [...notices, NO_LINK] : notices };
  });
}

const NO_LINK = 'The routing is created, but its link could not be made. Make one here.';

/** Null when it could not be made: the routing is there all the same, and its page makes another one. */
async function makeLink(
  ctx: Ctx,
  routingId: string,
  { recipient, isMailed }: { recipient: string; isMailed: boolean },
): Promise<RoutingMade['link']> {
  const { origin } = webDeps().address;
  try {
    const { address } = await createHandOverLink({ ctx, input: { routingId, recipient, isMailed }, origin });
    return { address, mailedTo: isMailed ? recipient : null };
  } catch (error) {
    webDeps().logger.error({ err: error, routingId }, 'no link for a new routing');
    return null;
  }
}

function nobodyToMail(): AppError {
  const message = 'Enter whom to mail the link to, or copy it instead.';
  return new AppError('VALIDATION', message, { issues: [{ field: 'awsAdmin', message }] });
}
