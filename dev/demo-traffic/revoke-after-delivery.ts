import { setTimeout as pause } from 'node:timers/promises';
import { createSql, type Sql } from '@/lib/platform/sql';

const LOOK_EVERY_MS = 1_000;
/** So that its page has something to show. */
const FILES_MIN = 2;

const DELIVERED = `SELECT count(*)::int AS files FROM (
  SELECT FROM file f JOIN destination d ON d.routing_id = f.routing_id
  WHERE d.bucket = $1 AND f.state = 'delivered' LIMIT $2) f`;

export interface Revocation {
  readonly databaseUrl: string;
  readonly bucket: string;
  /** The stand-in's endpoint, and what opens its control door. */
  readonly endpoint: string;
  readonly controlToken: string;
  readonly accessKeyId: string;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/**
 * Takes a customer's access key away once a few files are in its bucket, as a customer does who rotates keys and tells
 * nobody. What follows is real: the next PUT is refused, and the routing is blocked. Once revoked a key stays so.
 */
export async function revokeAfterDelivery(given: Revocation): Promise<void> {
  const sql = createSql({ databaseUrl: given.databaseUrl, applicationName: 'demo', connectionsMax: 1 });
  try {
    while (!given.signal.aborted) {
      if (await hasDelivered(sql, given.bucket)) return await revoke(given);
      await pause(LOOK_EVERY_MS, undefined, { signal: given.signal });
    }
  } catch (error) {
    if (!given.signal.aborted) throw error;
  } finally {
    await sql.end();
  }
}

async function hasDelivered(sql: Sql, bucket: string): Promise<boolean> {
  const { rows } = await sql.query<{ files: number }>(DELIVERED, [bucket, FILES_MIN]);
  return (rows[0]?.files ?? 0) >= FILES_MIN;
}

async function revoke({ endpoint, controlToken, accessKeyId, signal }: Revocation): Promise<void> {
  const response = await fetch(`${endpoint}/_control/revoke-key`, {
    method: 'POST',
    headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ accessKeyId }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`The stand-in did not revoke the key: ${response.status}`);
}
