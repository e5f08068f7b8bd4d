import type { ListSort, SortKey } from '@/lib/domain/routing/list';
import { Prisma } from '@/lib/platform/db/generated/client';
import { dayShares } from '@/lib/services/latency/day-shares';

interface Order {
  /** What has to be joined to the routings `m` to know the keys. */
  readonly join: Prisma.Sql;
  /** Keys in their order of weight, each with the direction that brings what needs a look to the top. */
  readonly keys: readonly (readonly [key: Prisma.Sql, direction: 'ASC' | 'DESC'])[];
}

/** What is pending of every routing at once; a lane the dispatcher has not looked at asks its oldest chunk. */
const joinPending = (figure: Prisma.Sql) => Prisma.sql`
  LEFT JOIN (
    SELECT l.routing_id, ${figure} AS figure
    FROM lane l JOIN log.stream s ON s.id = l.stream_id JOIN matching x ON x.id = l.routing_id
    WHERE least(s.next_offset, l.end_offset) > l.done AND s.type = ANY (x.data_types)
    GROUP BY l.routing_id
  ) p ON p.routing_id = m.id`;

const OLDEST = Prisma.sql`min(coalesce(l.pending_since, (
  SELECT k.received_min FROM log.chunk k WHERE k.stream_id = l.stream_id AND k."offset" = l.done)))`;
const BYTES = Prisma.sql`sum(least(s.body_bytes_total, l.end_body_bytes) - l.body_bytes_done)`;

const ORDERS: Readonly<Record<SortKey, Order>> = {
  status: {
    join: Prisma.empty,
    keys: [
      [Prisma.sql`m.severity`, 'ASC'],
      [Prisma.sql`m.state_since`, 'ASC'],
    ],
  },
  since: { join: Prisma.empty, keys: [[Prisma.sql`m.state_since`, 'DESC']] },
  name: {
    join: Prisma.empty,
    keys: [
      [Prisma.sql`lower(m.organization_name)`, 'ASC'],
      [Prisma.sql`lower(m.name)`, 'ASC'],
    ],
  },
  freshness: { join: joinPending(OLDEST), keys: [[Prisma.sql`p.figure`, 'ASC']] },
  held: { join: joinPending(BYTES), keys: [[Prisma.sql`p.figure`, 'DESC']] },
  'in-promise': {
    join: Prisma.sql`LEFT JOIN ${dayShares} p ON p.routing_id = m.id`,
    keys: [[Prisma.sql`p.within_rows / nullif(p.rows, 0)`, 'ASC']],
  },
  created: { join: Prisma.empty, keys: [[Prisma.sql`m.created_at`, 'DESC']] },
};

/** Join and order of a list of routings `m`; the id decides between equals, so that the order is total. */
export function listOrder({ key, isReversed }: ListSort): { join: Prisma.Sql; orderBy: Prisma.Sql } {
  const { join, keys } = ORDERS[key];
  const terms = [...keys, [Prisma.sql`m.id`, keys[0]?.[1] ?? 'ASC'] as const].map(([term, direction]) => {
    const isAscending = (direction === 'ASC') !== isReversed;
    return isAscending ? Prisma.sql`${term} ASC NULLS LAST` : Prisma.sql`${term} DESC NULLS LAST`;
  });
  return { join, orderBy: Prisma.join(terms, ', ') };
}
