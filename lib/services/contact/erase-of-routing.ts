import type { DbTransaction } from '@/lib/platform/db/client';

/**
 * Destroys what tells anybody about a routing that is archived: its webhook with the secret, and what still waits to be
 * told, with what of it was sealed. Returns how many notices were given up.
 */
export async function eraseNoticeSecrets(tx: DbTransaction, routingId: string): Promise<number> {
  await tx.webhook.deleteMany({ where: { routingId } });
  return tx.$executeRaw`UPDATE notice SET state = 'given_up', cause = 'routing_ended', ended_at = now(),
    lease_until = NULL, payload_sealed = NULL WHERE routing_id = ${routingId}::uuid AND state = 'queued'`;
}
