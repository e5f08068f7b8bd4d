import { actorRef, type RecordedActor } from '@/lib/domain/access/actor';
import type { DbTransaction } from '@/lib/platform/db/client';

interface AuditEntry {
  readonly actor: RecordedActor;
  /** The organization that may read it; null for what concerns the vendor alone. */
  readonly organizationId: string | null;
  /** `routing.create`, `api-key.revoke`, … */
  readonly action: string;
  /** `routing:<id>`, `api-key:<id>`, … */
  readonly target: string;
  /** What changed. Never a secret; of keys the last four signs at most. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** Writes the audit row of a mutation, in the mutation's own transaction: both are stored, or neither. */
export async function emitAudit(tx: DbTransaction, entry: AuditEntry): Promise<void> {
  await tx.auditEvent.create({
    data: {
      organizationId: entry.organizationId,
      actor: actorRef(entry.actor),
      action: entry.action,
      target: entry.target,
      detail: { ...entry.detail },
    },
  });
}
