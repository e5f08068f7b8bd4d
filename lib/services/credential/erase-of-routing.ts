import type { DbTransaction } from '@/lib/platform/db/client';

/**
 * Destroys the sealed keys of every credential that a routing ever had: nothing can open them again, and no role is
 * taken on any more. The last four signs of key ids, ARNs and history stay. Returns how many there were.
 */
export async function eraseCredentials(tx: DbTransaction, routingId: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE credential SET access_key_id_sealed = NULL, secret_access_key_sealed = NULL, key_id = NULL,
      erased_at = now()
    WHERE routing_id = ${routingId}::uuid AND erased_at IS NULL`;
}
