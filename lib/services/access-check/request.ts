import { randomUUID } from 'node:crypto';
import { type AccessKind, stepsFor } from '@/lib/domain/access-check/step';
import { AppError } from '@/lib/domain/errors';
import type { DbTransaction } from '@/lib/platform/db/client';

export interface CheckRequest {
  readonly organizationId: string;
  readonly routingId: string;
  readonly destinationVersion: number;
  /** `user:<id>`, `hand_over_link:<id>`: stands in the history. */
  readonly requestedBy: string;
}

/**
 * Asks for a check of a destination version and returns its id; a worker takes it up within a second. One that has not
 * ended yet is the answer to every further request. A routing that nobody has started is `verifying` from here on. The
 * caller has locked the routing. Throws PRECONDITION while the version has no access.
 */
export async function requestAccessCheck(tx: DbTransaction, request: CheckRequest): Promise<string> {
  const { organizationId, routingId, destinationVersion, requestedBy } = request;
  const destination = await tx.destination.findFirst({
    where: { organizationId, routingId, version: destinationVersion },
    select: { adoptedAt: true, credential: { select: { kind: true } } },
  });
  const kind = destination?.credential?.kind;
  if (kind === undefined) {
    throw new AppError(
      'PRECONDITION',
      'There is no access to check yet. Enter it, then it is checked by itself.',
    );
  }
  const going = await tx.accessCheck.findFirst({
    where: { routingId, destinationVersion, state: 'running', endedAt: null },
  });
  if (going !== null) return going.id;
  await tx.$executeRaw`
    UPDATE access_check SET state = 'superseded', next_try_at = NULL, lease_until = NULL
    WHERE routing_id = ${routingId}::uuid AND destination_version <= ${destinationVersion}
      AND state IN ('running', 'failed')`;
  const accessKind: AccessKind = kind === 'role' ? 'role' : 'keys';
  const id = randomUUID();
  const rows = stepsFor(accessKind).map((step, position) => ({
    step,
    position,
    organizationId,
    checkId: id,
  }));
  await tx.accessCheck.create({
    data: { id, organizationId, routingId, destinationVersion, accessKind, requestedBy },
  });
  await tx.accessCheckRow.createMany({ data: rows });
  if (destination?.adoptedAt === null) await keepTrying(tx, id);
  await beginVerifying(tx, request);
  return id;
}

/** What waits to be adopted waits for nobody who looks: its check tries by itself, as after a fix was copied. */
async function keepTrying(tx: DbTransaction, checkId: string): Promise<void> {
  await tx.$executeRaw`UPDATE access_check SET copied_at = clock_timestamp() WHERE id = ${checkId}::uuid`;
}

async function beginVerifying(tx: DbTransaction, request: CheckRequest): Promise<void> {
  const { routingId, destinationVersion, requestedBy } = request;
  await tx.$executeRaw`
    WITH before AS (
      SELECT id, organization_id, lifecycle FROM routing
      WHERE id = ${routingId}::uuid AND destination_version = ${destinationVersion}
        AND lifecycle IN ('draft', 'awaiting_customer', 'verified', 'verification_failed')
      FOR NO KEY UPDATE
    ), moved AS (
      UPDATE routing r SET lifecycle = 'verifying', state_since = clock_timestamp()
      FROM before b WHERE r.id = b.id RETURNING b.*
    )
    INSERT INTO routing_transition (organization_id, routing_id, from_label, to_label, cause, actor)
    SELECT organization_id, id, lifecycle, 'verifying', 'check', ${requestedBy} FROM moved`;
}
