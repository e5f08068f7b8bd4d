import { createHash } from 'node:crypto';
import { type ChainedRow, encodeChainedRow } from '@/lib/domain/audit/chain';
import type { SqlClient } from '@/lib/platform/sql';

export interface ChainHead {
  readonly chain: string;
  readonly seq: number;
  /** Hexadecimal. */
  readonly hash: string;
}

interface LinkRow {
  readonly seq: number;
  readonly event_id: string;
  readonly hash: string;
  readonly id: string | null;
  readonly organization_id: string | null;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly detail: string;
  readonly at_micros: string;
}

/** One place of a chain: the hash that is stored there, and the one that its row should have. */
export interface Link {
  readonly seq: number;
  readonly eventId: string;
  readonly hash: string;
  /** Null where the row is gone. */
  readonly hashOfRow: string | null;
}

const LINKS = `SELECT l.seq, l.event_id::text, encode(l.hash, 'hex') AS hash, e.id::text, e.organization_id::text,
    e.actor, e.action, e.target, e.detail::text, (extract(epoch FROM e.at) * 1000000)::bigint::text AS at_micros
  FROM audit.link l LEFT JOIN audit_event e ON e.id = l.event_id
  WHERE l.chain = $1 AND l.seq > $2 AND l.seq <= $3 ORDER BY l.seq LIMIT $4`;

interface Stretch {
  readonly chain: string;
  readonly after: { readonly seq: number; readonly hash: string };
  readonly through: number;
  readonly limit: number;
}

/** The places of a chain behind one, in order, hashed anew here and not by the database. */
export async function readLinks(
  client: Pick<SqlClient, 'query'>,
  { chain, after, through, limit }: Stretch,
): Promise<Link[]> {
  const { rows } = await client.query<LinkRow>(LINKS, [chain, after.seq, through, limit]);
  let previousHash = after.hash;
  return rows.map((row) => {
    const place = { chain, seq: row.seq, previousHash };
    previousHash = row.hash;
    return {
      seq: row.seq,
      eventId: row.event_id,
      hash: row.hash,
      hashOfRow: row.id === null ? null : hashOf(toChainedRow(row, row.id), place),
    };
  });
}

/** The heads of all chains as they are now. */
export async function readHeads(client: Pick<SqlClient, 'query'>): Promise<ChainHead[]> {
  const { rows } = await client.query<ChainHead>(
    "SELECT chain::text, seq, encode(hash, 'hex') AS hash FROM audit.head ORDER BY chain",
  );
  return rows;
}

function hashOf(row: ChainedRow, place: Parameters<typeof encodeChainedRow>[1]): string {
  return createHash('sha256').update(encodeChainedRow(row, place)).digest('hex');
}

const toChainedRow = (row: LinkRow, id: string): ChainedRow => ({
  id,
  organizationId: row.organization_id,
  actor: row.actor,
  action: row.action,
  target: row.target,
  detail: row.detail,
  atMicros: row.at_micros,
});
