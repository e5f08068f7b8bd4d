import type { RecordedActor } from '@/lib/domain/access/actor';
import { historyLabel } from '@/lib/domain/routing/label';
import { healthSchema } from '@/lib/domain/routing/state';
import { lifecycleWithAccess } from '@/lib/domain/routing/transition';
import type { DbTransaction } from '@/lib/platform/db/client';
import type { LockedRouting } from './lock';
import { recordTransition } from './record-transition';

/** A routing that waited for its access and has it now becomes a draft, with a line in its history. */
export async function leaveAwaiting(
  tx: DbTransaction,
  ctx: { readonly actor: RecordedActor },
  routing: LockedRouting,
): Promise<void> {
  const lifecycle = lifecycleWithAccess(routing.lifecycle);
  if (lifecycle === routing.lifecycle) return;
  await tx.$executeRaw`
    UPDATE routing SET lifecycle = ${lifecycle}, state_since = now() WHERE id = ${routing.id}::uuid`;
  const health = healthSchema.parse(routing.row.health);
  await recordTransition(tx, {
    organizationId: routing.organizationId,
    routingId: routing.id,
    from: historyLabel({ lifecycle: routing.lifecycle, health }),
    to: historyLabel({ lifecycle, health }),
    cause: 'enter_access',
    actor: ctx.actor,
  });
}
