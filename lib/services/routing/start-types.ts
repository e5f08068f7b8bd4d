import type { DataType } from '@/lib/domain/data-type';
import type { DbTransaction } from '@/lib/platform/db/client';

/**
 * Gives the data types that an edit has just added to a routing their lanes: from the head on, segments with the
 * newest snapshot. What came while a type was not wanted is left out. Does nothing before the routing is started.
 */
export async function startTypes(
  tx: DbTransaction,
  routingId: string,
  types: readonly DataType[],
): Promise<void> {
  if (types.length === 0) return;
  await tx.$executeRaw`SELECT log.start_types(${routingId}::uuid, ${types}::text[])`;
}
