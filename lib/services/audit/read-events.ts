import { type Actor, actorRef } from '@/lib/domain/access/actor';
import type { AuditFilter } from '@/lib/domain/audit/list';
import { auditSentence } from '@/lib/domain/audit/sentence';
import type { AuditView } from '@/lib/domain/audit/view';
import type { Db } from '@/lib/platform/db/client';
import { readActorNames } from '@/lib/services/routing/read-actor-names';
import { readTargetNames } from './read-target-names';

interface EventRow {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly detail: unknown;
  readonly organization_id: string | null;
  readonly organization_name: string | null;
  readonly seq: bigint | null;
  readonly hash: string | null;
}

interface Wanted {
  readonly filter: AuditFilter;
  /** Rows older than this one. */
  readonly cursor?: string;
  readonly limit: number;
}

/**
 * Recorded actions that this reader may see, newest first: of a customer those of their organization, whoever did
 * them; technical services see their own.
 */
export async function readAuditEvents(
  db: Db,
  actor: Actor,
  { filter, cursor, limit }: Wanted,
): Promise<AuditView[]> {
  const { organizationId = null, who = '', target = '', action = null, from = null, to = null } = filter;
  const own =
    actor.role === 'technical_services'
      ? [actorRef({ ...actor, kind: 'user' }), actorRef({ ...actor, kind: 'api_token' })]
      : null;
  const rows = await db.$queryRaw<EventRow[]>`
    SELECT e.id::text, e.at, e.actor, e.action, e.target, e.detail, e.organization_id, o.name AS organization_name,
      l.seq, encode(l.hash, 'hex') AS hash
    FROM audit_event e LEFT JOIN organization o ON o.id = e.organization_id LEFT JOIN audit.link l ON l.event_id = e.id
    WHERE (${actor.organizationId}::uuid IS NULL OR e.organization_id = ${actor.organizationId}::uuid)
      AND (${own}::text[] IS NULL OR e.actor = ANY (${own}::text[]))
      AND (${organizationId}::uuid IS NULL OR e.organization_id = ${organizationId}::uuid)
      AND (${who} = '' OR e.actor = ANY (ARRAY(
        SELECT kind || u.id FROM "user" u CROSS JOIN unnest(ARRAY['user:', 'api_token:']) AS kind
        WHERE position(lower(${who}) IN lower(u.name)) > 0 OR position(lower(${who}) IN lower(u.email)) > 0
      )) OR (e.actor !~ '^(user|api_token):' AND position(lower(${who}) IN lower(e.actor)) > 0))
      AND (${target} = '' OR position(lower(${target}) IN lower(e.target)) > 0 OR e.target = ANY (ARRAY(
        SELECT n.kind || n.id FROM (SELECT 'routing:' AS kind, id, name FROM routing
          UNION ALL SELECT 'workspace:', id, name FROM workspace
          UNION ALL SELECT 'organization:', id, name FROM organization) n
        WHERE position(lower(${target}) IN lower(n.name)) > 0)))
      AND (${action}::text IS NULL OR e.action = ${action}::text OR e.action LIKE replace(${action}::text, '_', '\\_') || '.%')
      AND (${from}::text IS NULL OR e.at >= ${from}::text::date::timestamp AT TIME ZONE 'UTC')
      AND (${to}::text IS NULL OR e.at < (${to}::text::date + 1)::timestamp AT TIME ZONE 'UTC')
      AND (${cursor ?? null}::bigint IS NULL
        OR (e.at, e.id) < (SELECT c.at, c.id FROM audit_event c WHERE c.id = ${cursor ?? null}::bigint))
    ORDER BY e.at DESC, e.id DESC
    LIMIT ${limit}`;
  return toViews(db, rows);
}

async function toViews(db: Db, rows: readonly EventRow[]): Promise<AuditView[]> {
  const [actors, targets] = await Promise.all([
    readActorNames(
      db,
      rows.map((row) => row.actor),
    ),
    readTargetNames(
      db,
      rows.map((row) => row.target),
    ),
  ]);
  return rows.map((row) => {
    const detail = toDetail(row.detail);
    return {
      id: row.id,
      at: row.at.toISOString(),
      actor: actors.get(row.actor) ?? row.actor,
      action: row.action,
      sentence: auditSentence({ action: row.action, detail, targetName: targets.get(row.target) ?? null }),
      organization:
        row.organization_id === null
          ? null
          : { id: row.organization_id, name: row.organization_name ?? row.organization_id },
      target: row.target,
      detail,
      seq: row.seq === null ? null : Number(row.seq),
      hash: row.hash,
    };
  });
}

function toDetail(detail: unknown): Record<string, unknown> {
  return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? { ...detail } : {};
}
