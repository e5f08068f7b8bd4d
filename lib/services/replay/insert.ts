import { randomUUID } from 'node:crypto';
import { actorRef } from '@/lib/domain/access/actor';
import { AppError, invariant } from '@/lib/domain/errors';
import { routingRefusal } from '@/lib/domain/replay/plan-refusal';
import type { ReplayMode, ReplayPlan, ReplayView } from '@/lib/domain/replay/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { type LockedRouting, lockRouting } from '@/lib/services/routing/lock';
import { filesInRange } from './files-in-range';
import { readReplayViews } from './read-views';

interface NewReplay {
  readonly routingId: string;
  readonly plan: ReplayPlan;
  readonly mode: ReplayMode;
  readonly reason: string | null;
}

/** Records a replay with its files as they are delivered now, and its audit row. Throws CONFLICT while another one runs. */
export async function insertReplay(ctx: Ctx, wanted: NewReplay): Promise<ReplayView> {
  const { routingId, mode } = wanted;
  const id = randomUUID();
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, routingId);
    const { lifecycle, destination } = routing;
    const refusal = routingRefusal({ lifecycle, hasAccess: destination.credentialId !== null });
    if (refusal !== null) throw new AppError('PRECONDITION', refusal);
    await makeRoom(tx, routingId);
    await insertRow(tx, { ctx, id, routing, wanted });
    const files = await insertFiles(tx, { id, routing, wanted });
    const { types, from, to } = wanted.plan;
    const prefix = mode === 'copy' ? copyPrefix(routing, id) : null;
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: routing.organizationId,
      action: mode === 'look' ? 'routing.replay_look' : 'routing.replay',
      target: `routing:${routingId}`,
      detail: { replayId: id, mode, types, from, to, files, reason: wanted.reason, prefix },
    });
    const [view] = await readReplayViews(tx, { replayId: id, routingId, limit: 1 });
    invariant(view, 'a replay just made can be read');
    return view;
  });
}

/** The routing's lock is held: nobody else makes room meanwhile. A look gives way, a replay does not. */
async function makeRoom(tx: DbTransaction, routingId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE replay SET state = 'cancelled', ended_at = clock_timestamp()
    WHERE routing_id = ${routingId}::uuid AND state = 'running' AND mode = 'look'`;
  const running = await tx.replay.findFirst({ where: { routingId, state: 'running' }, select: { id: true } });
  if (running === null) return;
  throw new AppError(
    'CONFLICT',
    'A replay of this routing is running. Wait until it is done, or cancel it, and start this one then.',
  );
}

/** A prefix ends in a slash or is empty. */
function copyPrefix({ destination }: LockedRouting, id: string): string {
  return `${destination.prefix}_replay/${id}/`;
}

interface Insertion {
  readonly id: string;
  readonly routing: LockedRouting;
  readonly wanted: NewReplay;
}

async function insertRow(
  tx: DbTransaction,
  { ctx, id, routing, wanted }: Insertion & { readonly ctx: Ctx },
): Promise<void> {
  const { mode, plan, reason } = wanted;
  const { types, from, to, leftAlone } = plan;
  const isCopy = mode === 'copy';
  await tx.replay.create({
    data: {
      id,
      organizationId: routing.organizationId,
      routingId: routing.id,
      mode,
      types: [...types],
      fromHour: new Date(from),
      toHour: new Date(to),
      bucket: isCopy ? routing.destination.bucket : null,
      prefix: isCopy ? copyPrefix(routing, id) : null,
      actor: actorRef(ctx.actor),
      reason,
      pendingFiles: leftAlone.pendingFiles,
      pendingRows: leftAlone.pendingRows,
      setAsideRows: leftAlone.setAsideRows,
      gapRows: leftAlone.gapRows,
    },
  });
}

/**
 * The delivered files of the range, oldest first, at their recorded place; those of a copy in its own folder, under
 * their usual path and name, each with an id of its own. Returns how many.
 */
async function insertFiles(tx: DbTransaction, { id, routing, wanted }: Insertion): Promise<number> {
  const range = { ...wanted.plan, routingId: routing.id };
  const { endpoint, bucket } = routing.destination;
  const target =
    wanted.mode === 'copy'
      ? Prisma.sql`gen_random_uuid(), ${endpoint}, ${bucket}, ${copyPrefix(routing, id)} || 'type=' || f.type || '/' ||
          coalesce(to_char(f.hour AT TIME ZONE 'UTC', '"year="YYYY"/month="MM"/day="DD"/hour="HH24"/"'), '') ||
          regexp_replace(f.key, '^.*/', '')`
      : Prisma.sql`f.id, f.endpoint, f.bucket, f.key`;
  const files = await tx.$executeRaw`
    INSERT INTO replay_file (replay_id, organization_id, file_id, position, object_id, endpoint, bucket, key)
    SELECT ${id}::uuid, f.organization_id, f.id, row_number() OVER (ORDER BY f.in_hour, f.type, f.lo, f.id), ${target}
    FROM (${filesInRange(range)}) f WHERE f.state = 'delivered'`;
  await tx.$executeRaw`
    UPDATE replay SET (files, rows, gzip_bytes) = (
      SELECT count(*), coalesce(sum(f.rows), 0), coalesce(sum(f.gzip_bytes), 0)
      FROM replay_file x JOIN file f ON f.id = x.file_id WHERE x.replay_id = ${id}::uuid)
    WHERE id = ${id}::uuid`;
  return files;
}
