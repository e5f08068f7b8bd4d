import type { DestinationVersionInput } from '@/lib/domain/destination/version-input';
import { AppError } from '@/lib/domain/errors';
import type { RoutingView } from '@/lib/domain/routing/view';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { endCandidate } from './end-candidate';
import { inVersion } from './in-version';

/** Takes a change back that waits for its check. Throws as `inVersion` does, PRECONDITION for what is no candidate. */
export async function dropCandidate(given: {
  ctx: Ctx;
  input: DestinationVersionInput;
}): Promise<RoutingView> {
  const { ctx } = given;
  return inVersion(
    { ...given, permission: 'destination.change' },
    async (tx, { routing, destination, state }) => {
      if (state !== 'candidate') {
        throw new AppError(
          'PRECONDITION',
          'This version does not wait to be used any more. Reload to see it as it is now.',
        );
      }
      await endCandidate(tx, routing.id);
      await tx.$executeRaw`
      UPDATE routing SET version = version + 1, updated_at = now() WHERE id = ${routing.id}::uuid`;
      await emitAudit(tx, {
        actor: ctx.actor,
        organizationId: routing.organizationId,
        action: 'destination.drop',
        target: `routing:${routing.id}`,
        detail: { 'destinationVersion.dropped': destination.version },
      });
    },
  );
}
