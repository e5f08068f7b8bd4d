import { actorRef, type RecordedActor } from '@/lib/domain/access/actor';
import type { RoutingLabel } from '@/lib/domain/routing/label';
import type { DbTransaction } from '@/lib/platform/db/client';

interface Transition {
  readonly organizationId: string;
  readonly routingId: string;
  readonly from: RoutingLabel;
  readonly to: RoutingLabel;
  /** `start`, `pause`, `resume`, … */
  readonly cause: string;
  /** What people should know besides; null for nothing. */
  readonly reason?: string | null;
  readonly actor: RecordedActor;
}

/** Appends one line to a routing's state history, in the transaction that changes the state. */
export async function recordTransition(tx: DbTransaction, transition: Transition): Promise<void> {
  await tx.routingTransition.create({
    data: {
      organizationId: transition.organizationId,
      routingId: transition.routingId,
      fromLabel: transition.from,
      toLabel: transition.to,
      cause: transition.cause,
      reason: transition.reason ?? null,
      actor: actorRef(transition.actor),
    },
  });
}
