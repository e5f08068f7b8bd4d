import type { PeekView } from '@/lib/domain/routing/peek';
import type { Ctx } from '@/lib/services/context';
import { getRouting } from '@/lib/services/routing/get';
import { readTries } from '@/lib/services/routing/read-tries';

/** A routing with its last tries. Throws NOT_FOUND for one the actor does not see. */
export async function readPeek(ctx: Ctx, routingId: string): Promise<PeekView> {
  const [routing, tries] = await Promise.all([
    getRouting({ ctx, input: { routingId } }),
    readTries({ ctx, input: { routingId } }),
  ]);
  return { asOf: new Date().toISOString(), routing, tries };
}
