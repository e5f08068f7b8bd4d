import { parseInput } from '@/lib/domain/parse-input';
import type { UpdateRoutingInput } from '@/lib/domain/routing/input';
import { patchedInput, routingPatchSchema } from '@/lib/domain/routing/patch';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import type { RoutingSaved } from './create';
import { getRouting } from './get';
import { updateRouting } from './update';

/**
 * Saves an edit of some settings; those left out stay as they are. Throws FORBIDDEN, VALIDATION, NOT_FOUND,
 * PRECONDITION, and CONFLICT when somebody else changed the routing since the version of the patch.
 */
export async function patchRouting(given: {
  ctx: Ctx;
  input: { readonly routingId: string; readonly patch: unknown };
}): Promise<RoutingSaved> {
  const { ctx, input } = given;
  requirePermission(ctx, 'destination.change');
  const patch = parseInput(routingPatchSchema, input.patch);
  const view = await getRouting({ ctx, input: { routingId: input.routingId } });
  const destination = (await readWaitingPlace(ctx, input.routingId)) ?? view.destination;
  const before = { ...view, destination: { ...view.destination, ...destination } };
  return updateRouting({ ctx, input: asUpdate(patchedInput(before, patch)) });
}

/** A change builds on the one that waits for its check; whoever read another one is refused by the version. */
function readWaitingPlace({ db }: Ctx, routingId: string) {
  return db.destination.findFirst({
    where: { routingId, adoptedAt: null, droppedAt: null },
    select: { endpoint: true, bucket: true, region: true, prefix: true, kmsKeyArn: true },
  });
}

/** Under the type of the whole update. Safe because updateRouting parses its input before it looks at it. */
function asUpdate(input: Record<keyof UpdateRoutingInput, unknown>): UpdateRoutingInput {
  return input as UpdateRoutingInput;
}
