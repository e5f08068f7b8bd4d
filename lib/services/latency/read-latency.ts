import { AppError } from '@/lib/domain/errors';
import { type ReadLatencyInput, readLatencySchema } from '@/lib/domain/latency/range';
import { buildSeries, type PointParts } from '@/lib/domain/latency/series';
import { LatencyTally } from '@/lib/domain/latency/tally';
import type { LatencyView } from '@/lib/domain/latency/view';
import { chooseWindow } from '@/lib/domain/latency/window';
import { parseInput } from '@/lib/domain/parse-input';
import { lifecycleSchema } from '@/lib/domain/routing/state';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readErrorCounts } from './read-error-counts';
import { readParts } from './read-parts';
import { readStates } from './read-states';

/**
 * A routing's latency over a range that ends now, or from … to. Throws VALIDATION for a range that is none, or has not
 * begun; NOT_FOUND for a routing the actor does not see.
 */
export async function readLatency(given: { ctx: Ctx; input: ReadLatencyInput }): Promise<LatencyView> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const input = parseInput(readLatencySchema, given.input);
  const routing = await requireRouting(ctx, input.routingId);
  const nowMs = await readNowMs(ctx);
  if (input.from !== undefined && input.from >= nowMs) {
    const issues = [{ field: 'from', message: 'The range must begin in the past.' }];
    throw new AppError('VALIDATION', 'Some fields need your attention.', { issues });
  }
  const window = chooseWindow(input, nowMs);
  const [parts, errors, states] = await Promise.all([
    readParts(ctx.db, routing.id, window),
    readErrorCounts(ctx.db, routing.id, window),
    readStates(ctx.db, { ...routing, lifecycle: lifecycleSchema.parse(routing.lifecycle) }, window),
  ]);
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    stepMs: window.stepMs,
    promiseMs: routing.promiseSeconds * 1_000,
    points: buildSeries(window, parts, { errors, nothing: new LatencyTally() }),
    total: totalOf(parts.values()).figures(),
    states,
  };
}

async function readNowMs({ db }: Ctx): Promise<number> {
  const [row] = await db.$queryRaw<{ ms: number }[]>`SELECT (extract(epoch FROM now()) * 1000)::float8 AS ms`;
  if (row === undefined) throw new Error('The database did not tell the time');
  return Math.floor(row.ms);
}

function totalOf(parts: Iterable<PointParts>): LatencyTally {
  const total = new LatencyTally();
  for (const { tally } of parts) total.merge(tally);
  return total;
}
