import { actorRef } from '@/lib/domain/access/actor';
import { mayDo } from '@/lib/domain/access/permissions';
import { organizationScope } from '@/lib/domain/access/scope';
import { parseInput } from '@/lib/domain/parse-input';
import { routingLabelSchema } from '@/lib/domain/routing/label';
import { type ListActivityInput, listActivitySchema } from '@/lib/domain/routing/list';
import type { ActivityView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { readActorNames } from './read-actor-names';

interface Line {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly change: ActivityView['change'];
}

/** A routing's time line, newest first: every change of its label and, for who may read them, its audit rows. */
export async function listActivity(given: {
  ctx: Ctx;
  input: ListActivityInput;
}): Promise<{ activity: ActivityView[] }> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId, limit } = parseInput(listActivitySchema, given.input);
  const routing = await ctx.db.routing.findFirst({
    where: { id: routingId, ...organizationScope(ctx.actor) },
    select: { id: true },
  });
  if (routing === null) throw notFound('routing');
  const lines = [
    ...(await readTransitions(ctx, routingId, limit)),
    ...(await readAuditRows(ctx, routingId, limit)),
  ]
    .sort((a, b) => b.at.getTime() - a.at.getTime() || b.id.localeCompare(a.id))
    .slice(0, limit);
  const names = await readActorNames(
    ctx.db,
    lines.map((line) => line.actor),
  );
  const activity = lines.map((line) => ({
    ...line,
    at: line.at.toISOString(),
    actor: names.get(line.actor) ?? line.actor,
  }));
  return { activity };
}

async function readTransitions({ db }: Ctx, routingId: string, take: number): Promise<Line[]> {
  const rows = await db.routingTransition.findMany({ where: { routingId }, orderBy: { id: 'desc' }, take });
  return rows.map((row) => ({
    id: `state-${row.id}`,
    at: row.at,
    actor: row.actor,
    change: {
      kind: 'state',
      from: routingLabelSchema.parse(row.fromLabel),
      to: routingLabelSchema.parse(row.toLabel),
      cause: row.cause,
      reason: row.reason,
    },
  }));
}

async function readAuditRows({ db, actor }: Ctx, routingId: string, take: number): Promise<Line[]> {
  if (!mayDo(actor.role, 'audit.read')) return [];
  const refs = [actorRef({ ...actor, kind: 'user' }), actorRef({ ...actor, kind: 'api_token' })];
  // Technical services read their own acts only.
  const own = actor.role === 'technical_services' ? { actor: { in: refs } } : {};
  const rows = await db.auditEvent.findMany({
    where: { target: `routing:${routingId}`, ...own },
    orderBy: { id: 'desc' },
    take,
  });
  return rows.map((row) => ({
    id: `audit-${row.id}`,
    at: row.at,
    actor: row.actor,
    change: { kind: 'audit', action: row.action, detail: toDetail(row.detail) },
  }));
}

function toDetail(detail: unknown): Record<string, unknown> {
  return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? { ...detail } : {};
}
