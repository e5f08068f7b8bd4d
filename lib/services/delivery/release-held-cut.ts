import { actorRef } from '@/lib/domain/access/actor';
import type { HeldCutView } from '@/lib/domain/delivery/held-cut-view';
import { type ReleaseInput, releaseSchema } from '@/lib/domain/delivery/release-input';
import { AppError, invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { type LockedRouting, lockRouting } from '@/lib/services/routing/lock';
import { readRoutingViews } from '@/lib/services/routing/read-views';
import { nameReleasedFile } from './name-released-file';
import { readHeldCuts } from './read-held-cuts';

interface Outcome {
  readonly outcome: string;
  readonly until: Date | null;
}

const CHANGED = 'This cut has moved on meanwhile. Reload the page to see what is so.';

/**
 * Releases an open cut that stands still, by a person who accepts that its files may exist in both places: its next
 * generation goes to where the routing delivers now (under a new key also at the same place), or becomes a gap. The
 * lane goes on at once. Throws FORBIDDEN, VALIDATION, NOT_FOUND, PRECONDITION (nothing stands still, no access, or an
 * upload may be under way and until when), CONFLICT (it has moved on).
 */
export async function releaseHeldCut(given: {
  ctx: Ctx;
  input: ReleaseInput;
}): Promise<{ routing: RoutingView; generation: number; files: number }> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.release');
  const input = parseInput(releaseSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, input.routingId);
    const cuts = await readHeldCuts(tx, routing.id);
    const cut = cuts.find(({ cutId, laneId }) =>
      input.cutId === undefined ? laneId === input.laneId : cutId === input.cutId,
    );
    if (cut === undefined)
      throw new AppError(
        'PRECONDITION',
        'Nothing of this routing stands still there: there is nothing to release.',
      );
    if (input.generation !== undefined && input.generation !== cut.generation)
      throw new AppError('CONFLICT', CHANGED);
    const isGap = input.to === 'gap';
    refuseUnless(isGap ? await giveUp(tx, ctx, { cut, reason: input.reason }) : await move(tx, routing, cut));
    const generation = cut.generation + 1;
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: routing.organizationId,
      action: 'routing.release',
      target: `routing:${routing.id}`,
      detail: {
        to: input.to,
        reason: input.reason,
        cutId: cut.cutId,
        generation,
        rows: cut.files.reduce((sum, { rows }) => sum + rows, 0),
        attempts: cut.files.reduce((sum, { attempts }) => sum + attempts, 0),
        mayExist: cut.files.some(({ mayExist }) => mayExist),
        fromBucket: cut.files[0]?.bucket ?? null,
        fromKeys: cut.files.map(({ key }) => key),
      },
    });
    const [view] = await readRoutingViews(tx, { routingId: routing.id, limit: 1 });
    invariant(view, 'a locked routing can be read');
    return { routing: view, generation, files: cut.files.length };
  });
}

function refuseUnless({ outcome, until }: Outcome): void {
  if (outcome === 'released') return;
  if (until === null) throw new AppError('CONFLICT', CHANGED);
  throw new AppError(
    'PRECONDITION',
    `An upload of it may still be under way until ${until.toISOString().slice(11, 19)} UTC. Release it after that.`,
  );
}

async function giveUp(
  tx: DbTransaction,
  ctx: Ctx,
  { cut, reason }: { cut: HeldCutView; reason: string },
): Promise<Outcome> {
  return answerOf(
    await tx.$queryRaw<Outcome[]>`
      SELECT * FROM delivery.give_up_cut(${cut.cutId}::bigint, ${cut.generation}::int, ${reason}, ${actorRef(ctx.actor)})`,
  );
}

async function move(tx: DbTransaction, routing: LockedRouting, cut: HeldCutView): Promise<Outcome> {
  const { destination } = routing;
  if (destination.credentialId === null)
    throw new AppError('PRECONDITION', 'The present destination has no access keys yet. Enter them first.');
  const [at] = await tx.$queryRaw<{ stream_id: number; now_ms: number }[]>`
    SELECT stream_id::float8 AS stream_id, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now_ms
    FROM lane WHERE id = ${cut.laneId}::bigint`;
  invariant(at, 'a cut has its lane');
  const place = {
    routingId: routing.id,
    streamId: at.stream_id,
    type: cut.type,
    generation: cut.generation + 1,
    prefix: destination.prefix,
    nowMs: Math.floor(at.now_ms),
  };
  const files = JSON.stringify(cut.files.map((file) => nameReleasedFile(file, place)));
  return answerOf(
    await tx.$queryRaw<Outcome[]>`
      SELECT * FROM delivery.release_cut_anyway(${cut.cutId}::bigint, ${cut.generation}::int,
        ${destination.version}::int, ${destination.endpoint}, ${destination.bucket}, ${files}::jsonb)`,
  );
}

function answerOf(rows: readonly Outcome[]): Outcome {
  const [row] = rows;
  invariant(row, 'a release answers');
  return row;
}
