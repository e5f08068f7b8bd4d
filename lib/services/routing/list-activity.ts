import { parseInput } from '@/lib/domain/parse-input';
import {
  type ActivityFilter,
  type ListActivityInput,
  listActivitySchema,
  TOLD_BY_STATUS,
  writeActivityCursor,
} from '@/lib/domain/routing/activity';
import { routingLabelSchema } from '@/lib/domain/routing/label';
import type { ActivityView } from '@/lib/domain/routing/view';
import { visibleAudit } from '@/lib/services/audit/visible-audit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { readActorNames } from './read-actor-names';
import { requireRouting } from './require-routing';

interface Line {
  readonly key: bigint;
  readonly at: Date;
  readonly actor: string;
  readonly change: ActivityView['change'];
}

interface Wanted {
  readonly routingId: string;
  readonly filter: ActivityFilter;
  /** Only rows before this id; null for the newest. */
  readonly before: bigint | null;
  readonly take: number;
}

export interface ActivityPage {
  readonly activity: ActivityView[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/**
 * A page of a routing's time line, newest first: every change of its label and, for who may read them, its audit
 * rows, save those that a change of the label tells. Throws NOT_FOUND for a routing the actor does not see.
 */
export async function listActivity(given: { ctx: Ctx; input: ListActivityInput }): Promise<ActivityPage> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId, filter, cursor, limit } = parseInput(listActivitySchema, given.input);
  await requireRouting(ctx, routingId);
  const wanted = { routingId, filter, take: limit + 1 };
  const [states, audits] = await Promise.all([
    readTransitions(ctx, { ...wanted, before: cursor?.state ?? null }),
    readAuditRows(ctx, { ...wanted, before: cursor?.audit ?? null }),
  ]);
  const lines = merge(states, audits).slice(0, limit);
  const isMore = states.length + audits.length > limit;
  const last = (kind: Line['change']['kind']) => lines.findLast(({ change }) => change.kind === kind)?.key;
  const nextCursor = isMore
    ? writeActivityCursor({
        state: last('state') ?? cursor?.state ?? BEFORE_ALL,
        audit: last('audit') ?? cursor?.audit ?? BEFORE_ALL,
      })
    : null;
  return { activity: await toViews(ctx, lines), nextCursor };
}

/** Above every id: nothing of this source has been read yet. */
const BEFORE_ALL = 10n ** 18n - 1n;

/** By time, without changing the order within either source: ids decide there, so that pages meet exactly. */
function merge(states: readonly Line[], audits: readonly Line[]): Line[] {
  const merged: Line[] = [];
  let [s, a] = [0, 0];
  for (;;) {
    const [state, audit] = [states[s], audits[a]];
    if (state === undefined) return [...merged, ...audits.slice(a)];
    if (audit === undefined) return [...merged, ...states.slice(s)];
    const isState = state.at.getTime() >= audit.at.getTime();
    merged.push(isState ? state : audit);
    if (isState) s += 1;
    else a += 1;
  }
}

const BY_PEOPLE = {
  OR: ['user:', 'api_token:', 'hand_over_link:'].map((kind) => ({ actor: { startsWith: kind } })),
};

async function readTransitions({ db }: Ctx, { routingId, filter, before, take }: Wanted): Promise<Line[]> {
  const rows = await db.routingTransition.findMany({
    where: {
      routingId,
      ...(before === null ? {} : { id: { lt: before } }),
      ...(filter === 'people' ? BY_PEOPLE : {}),
    },
    orderBy: { id: 'desc' },
    take,
  });
  return rows.map((row) => ({
    key: row.id,
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

async function readAuditRows(
  { db, actor }: Ctx,
  { routingId, filter, before, take }: Wanted,
): Promise<Line[]> {
  const visible = visibleAudit(actor);
  if (visible === null || filter === 'status') return [];
  const rows = await db.auditEvent.findMany({
    where: {
      target: `routing:${routingId}`,
      action: { notIn: [...TOLD_BY_STATUS] },
      ...(before === null ? {} : { id: { lt: before } }),
      ...visible,
    },
    orderBy: { id: 'desc' },
    take,
  });
  return rows.map((row) => ({
    key: row.id,
    at: row.at,
    actor: row.actor,
    change: { kind: 'audit', action: row.action, detail: toDetail(row.detail) },
  }));
}

async function toViews({ db }: Ctx, lines: readonly Line[]): Promise<ActivityView[]> {
  const names = await readActorNames(
    db,
    lines.map(({ actor }) => actor),
  );
  return lines.map(({ key, at, actor, change }) => ({
    id: `${change.kind}-${key}`,
    at: at.toISOString(),
    actor: names.get(actor) ?? actor,
    change,
  }));
}

function toDetail(detail: unknown): Record<string, unknown> {
  return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? { ...detail } : {};
}
