import type { DbTransaction } from '@/lib/platform/db/client';
import { emitAudit } from '@/lib/services/audit/emit';

interface Passed {
  readonly routingId: string;
  /** The version of the destination whose access check has passed. */
  readonly destinationVersion: number;
}

interface SubmittedRow {
  readonly id: string;
  readonly organization_id: string;
  readonly recipient: string | null;
  readonly destination_version: number;
}

/**
 * Called in the transaction that records a passed check: if a link gave this access, that was its one submission, and
 * everybody concerned is told. Nothing happens when the access came otherwise, when a link of the same family was
 * first, or when the link has been revoked meanwhile.
 */
export async function submitHandOver(tx: DbTransaction, passed: Passed): Promise<void> {
  const { routingId, destinationVersion } = passed;
  await tx.$executeRaw`
    SELECT 1 FROM hand_over_link
    WHERE routing_id = ${routingId}::uuid AND parent_id IS NULL AND revoked_at IS NULL
    FOR NO KEY UPDATE`;
  // By credential: an edit of the place keeps the access that the link gave.
  const [row] = await tx.$queryRaw<SubmittedRow[]>`
    UPDATE hand_over_link l SET submitted_at = now()
    FROM destination given, destination passed
    WHERE l.routing_id = ${routingId}::uuid AND l.revoked_at IS NULL AND l.declined_at IS NULL
      AND given.routing_id = l.routing_id AND given.version = l.destination_version
      AND passed.routing_id = l.routing_id AND passed.version = ${destinationVersion}
      AND given.credential_id = passed.credential_id
      AND NOT EXISTS (
        SELECT FROM hand_over_link other WHERE other.root_id = l.root_id AND other.submitted_at IS NOT NULL)
    RETURNING l.id, l.organization_id, l.recipient, passed.version AS destination_version`;
  if (row === undefined) return;
  await emitAudit(tx, {
    actor: { kind: 'hand_over_link', userId: row.id },
    organizationId: row.organization_id,
    action: 'hand-over.submit',
    target: `routing:${routingId}`,
    detail: { linkId: row.id, recipient: row.recipient, destinationVersion: row.destination_version },
  });
}
