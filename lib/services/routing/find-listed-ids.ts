import type { Role } from '@/lib/domain/access/actor';
import { routingLabel } from '@/lib/domain/routing/label';
import { KEY_AGE_DAYS, type ListRoutingsQuery } from '@/lib/domain/routing/list';
import { isInView, severityOf } from '@/lib/domain/routing/list-views';
import type { Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { listOrder } from './list-order';
import type { StateGroup } from './read-state-groups';

interface Listed {
  /** How many match on all pages together. */
  readonly total: number;
  /** In their order; one more than the limit when another page follows. */
  readonly ids: readonly string[];
  /** Place of the first of them, from 0. */
  readonly offset: number;
}

interface Search {
  readonly query: ListRoutingsQuery;
  readonly role: Role;
  /** Null: of every organization. */
  readonly organizationId: string | null;
  readonly groups: readonly StateGroup[];
  readonly stuckIds: readonly string[];
}

/**
 * The routings of one page, sorted over all that match. Which states match, and how bad each is, was decided on the
 * groups; here they are a table to join with.
 */
export async function findListedIds(db: Pick<Db, '$queryRaw'>, search: Search): Promise<Listed> {
  const { query } = search;
  const { cursor = null, limit } = query;
  const { join, orderBy } = listOrder(query.sort);
  const offset = (query.page - 1) * limit;
  const [row] = await db.$queryRaw<Listed[]>`
    WITH ${matching(search)}, ranked AS (
      SELECT m.id, (row_number() OVER (ORDER BY ${orderBy}))::int AS place FROM matching m ${join}
    ), size AS (
      SELECT count(*)::int AS total FROM ranked
    ), start AS (
      SELECT CASE WHEN ${cursor}::uuid IS NULL
        -- A page behind the last one is the last one.
        THEN least(${offset}::int, greatest(0, (size.total - 1) / ${limit}::int * ${limit}::int))
        ELSE coalesce((SELECT place FROM ranked WHERE id = ${cursor}::uuid), size.total) END AS offset
      FROM size
    )
    SELECT size.total, start.offset, ARRAY(
      SELECT id::text FROM ranked WHERE place > start.offset ORDER BY place LIMIT ${limit + 1}) AS ids
    FROM size, start`;
  return row ?? { total: 0, ids: [], offset: 0 };
}

/** `WITH matching AS (…)`: the routings that the view and the filters let through. */
function matching(search: Search): Prisma.Sql {
  const { query, organizationId } = search;
  const isOfArchive = query.view === 'all' && query.status === 'archived';
  const wanted = search.groups.filter(
    (group) =>
      (isOfArchive || isInView(query.view, group, search.role)) &&
      (query.status === undefined || routingLabel(group) === query.status),
  );
  const isNarrowed = query.view !== 'all' || query.status !== undefined;
  const filters = [
    organizationId === null ? null : Prisma.sql`r.organization_id = ${organizationId}::uuid`,
    query.region === undefined ? null : Prisma.sql`d.region = ${query.region}`,
    query.q === undefined || query.q === ''
      ? null
      : Prisma.sql`concat_ws(E'\\n', r.name, o.name, w.name, d.bucket) ILIKE ${containsPattern(query.q)}`,
    query.view === 'key-age'
      ? Prisma.sql`c.kind = 'keys' AND c.created_at < now() - ${KEY_AGE_DAYS} * interval '1 day'`
      : null,
    isOfArchive ? null : Prisma.sql`r.lifecycle <> 'archived'`,
    // A state that came up since the groups were read is in no view yet, but it must not fall out of the list.
    isNarrowed ? Prisma.sql`s.severity IS NOT NULL` : null,
  ].filter((filter) => filter !== null);
  return Prisma.sql`
    states AS (
      SELECT * FROM unnest(${wanted.map((group) => group.lifecycle)}::text[], ${wanted.map((group) => group.health)}::text[],
        ${wanted.map((group) => group.healthCause ?? '')}::text[], ${wanted.map((group) => group.isStuck)}::boolean[],
        ${wanted.map(severityOf)}::float8[]) AS s (lifecycle, health, cause, is_stuck, severity)
    ), matching AS (
      SELECT r.id, r.name, r.state_since, r.created_at, r.data_types, o.name AS organization_name, s.severity
      FROM routing r
      LEFT JOIN states s ON s.lifecycle = r.lifecycle AND s.health = r.health
        AND s.cause = coalesce(r.health_cause, '') AND s.is_stuck = (r.id = ANY (${[...search.stuckIds]}::uuid[]))
      JOIN organization o ON o.id = r.organization_id
      JOIN workspace w ON w.id = r.workspace_id
      JOIN destination d ON d.routing_id = r.id AND d.version = r.destination_version
      LEFT JOIN credential c ON c.id = d.credential_id
      WHERE ${filters.length === 0 ? Prisma.sql`true` : Prisma.join(filters, ' AND ')}
    )`;
}

/** A LIKE pattern in which the text stands for itself. */
function containsPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
