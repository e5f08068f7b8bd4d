import { actorRef, type RecordedActor } from '@/lib/domain/access/actor';
import { isUnstarted } from '@/lib/domain/routing/label';
import type { Lifecycle } from '@/lib/domain/routing/state';
import type { DbTransaction } from '@/lib/platform/db/client';
import { requestAccessCheck } from './request';

interface Given {
  readonly actor: RecordedActor;
  readonly organizationId: string;
  readonly routingId: string;
  readonly lifecycle: Lifecycle;
  readonly destinationVersion: number;
}

/** Access that has just been given to a routing that nobody has started is checked by itself. */
export async function checkGivenAccess(tx: DbTransaction, given: Given): Promise<void> {
  const { actor, lifecycle, ...version } = given;
  if (!isUnstarted(lifecycle)) return;
  await requestAccessCheck(tx, { ...version, requestedBy: actorRef(actor) });
}
