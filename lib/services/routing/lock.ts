import type { Actor } from '@/lib/domain/access/actor';
import { canSeeOrganization } from '@/lib/domain/access/scope';
import { invariant } from '@/lib/domain/errors';
import { type Lifecycle, lifecycleSchema } from '@/lib/domain/routing/state';
import type { DbTransaction } from '@/lib/platform/db/client';
import { notFound } from '@/lib/services/guard';

/** A routing's row, its destination in use and the one that may follow, held until the transaction ends. */
export interface LockedRouting {
  readonly id: string;
  readonly organizationId: string;
  readonly workspaceId: string;
  readonly lifecycle: Lifecycle;
  readonly version: number;
  readonly row: NonNullable<Awaited<ReturnType<typeof readRow>>>;
  readonly destination: NonNullable<Awaited<ReturnType<typeof readDestination>>>;
  /** The version that is checked beside the one in use; null while there is none. */
  readonly candidate: Awaited<ReturnType<typeof readCandidate>>;
}

/**
 * Locks the workspace, then the routing. The workspace comes first because a stream is born under the same lock
 * and gives every running routing a lane: none is missed. Throws NOT_FOUND for a routing the actor does not see.
 */
export async function lockRouting(
  tx: DbTransaction,
  ctx: { readonly actor: Pick<Actor, 'organizationId'> },
  routingId: string,
): Promise<LockedRouting> {
  const seen = await readRow(tx, routingId);
  if (seen === null || !canSeeOrganization(ctx.actor, seen.organizationId)) throw notFound('routing');
  await tx.$executeRaw`SELECT log.lock_workspace(${seen.workspaceId}::uuid)`;
  await tx.$executeRaw`SELECT 1 FROM routing WHERE id = ${routingId}::uuid FOR NO KEY UPDATE`;
  const row = await readRow(tx, routingId);
  invariant(row, 'a routing is never deleted');
  const destination = await readDestination(tx, row);
  invariant(destination, 'every routing has its destination version');
  const candidate = await readCandidate(tx, routingId);
  const { organizationId, workspaceId, version } = row;
  const lifecycle = lifecycleSchema.parse(row.lifecycle);
  return { id: row.id, organizationId, workspaceId, lifecycle, version, row, destination, candidate };
}

function readRow(tx: DbTransaction, routingId: string) {
  return tx.routing.findUnique({ where: { id: routingId } });
}

const WITH_ACCESS = { credential: { select: { accessKeyIdLast4: true, roleArn: true } } } as const;

function readDestination(tx: DbTransaction, row: { id: string; destinationVersion: number }) {
  return tx.destination.findUnique({
    where: { routingId_version: { routingId: row.id, version: row.destinationVersion } },
    include: WITH_ACCESS,
  });
}

function readCandidate(tx: DbTransaction, routingId: string) {
  return tx.destination.findFirst({
    where: { routingId, adoptedAt: null, droppedAt: null },
    include: WITH_ACCESS,
  });
}
