import { mayDo } from '@/lib/domain/access/permissions';
import type { AccessCheckView } from '@/lib/domain/access-check/view';
import type { HeldCutView } from '@/lib/domain/delivery/held-cut-view';
import type { HourView } from '@/lib/domain/hour/view';
import { type DaySummary, daySummary } from '@/lib/domain/latency/day-summary';
import type { RangeChoice } from '@/lib/domain/latency/range-from-query';
import type { LatencyView } from '@/lib/domain/latency/view';
import { isUnstarted, type RoutingLabel } from '@/lib/domain/routing/label';
import type { FileView, RoutingView, TriesView } from '@/lib/domain/routing/view';
import type { SampleView } from '@/lib/domain/sample/view';
import { getAccessCheck } from '@/lib/services/access-check/get';
import type { Ctx } from '@/lib/services/context';
import { listHeldCuts } from '@/lib/services/delivery/list-held-cuts';
import { listFiles } from '@/lib/services/file/list';
import { listLatestHours } from '@/lib/services/hour/list-latest-hours';
import { readDay } from '@/lib/services/latency/read-day';
import { readLatency } from '@/lib/services/latency/read-latency';
import { readTries } from '@/lib/services/routing/read-tries';
import { getSample } from '@/lib/services/sample/get';

export interface Overview {
  /** Over the range that was asked for. */
  readonly view: LatencyView;
  readonly day: DaySummary;
  readonly files: readonly FileView[];
  /** The present hour and the 23 before it, of every data type that has hours. */
  readonly hours: readonly HourView[];
  /** Null where nothing stands in the way. */
  readonly tries: TriesView | null;
  /** The newest check of the access of a routing that nobody has started; null otherwise. */
  readonly check: AccessCheckView | null;
  /** What the check wrote into the bucket, until a real file is there; null otherwise. */
  readonly sample: SampleView | null;
  /** What stands still, for who may let go of it. */
  readonly held: readonly HeldCutView[];
}

const IN_TROUBLE: readonly RoutingLabel[] = ['blocked', 'failing'];
/** Where files may stand still. */
const MAY_HOLD: readonly RoutingLabel[] = [...IN_TROUBLE, 'late', 'paused', 'starting'];
const RECENT_FILES = 5;

/** What the overview of a routing shows besides the routing itself, read at once. */
export async function readOverview(given: {
  ctx: Ctx;
  routing: RoutingView;
  choice: RangeChoice;
  now: Date;
}): Promise<Overview> {
  const { ctx, routing, choice, now } = given;
  const routingId = routing.id;
  const isDay = 'range' in choice && choice.range === '24h';
  const [view, day, { files }, hours, tries, held, check, sample] = await Promise.all([
    readLatency({ ctx, input: { routingId, ...choice } }),
    isDay ? null : readDay({ ctx, input: { routingId } }),
    listFiles({ ctx, input: { routingId, limit: RECENT_FILES } }),
    listLatestHours({ ctx, routing, now }),
    IN_TROUBLE.includes(routing.label) ? readTries({ ctx, input: { routingId } }) : null,
    readHeld(ctx, routing),
    isUnstarted(routing.lifecycle) ? getAccessCheck({ ctx, input: { routingId } }) : null,
    routing.lastFile === null ? getSample({ ctx, input: { routingId } }) : null,
  ]);
  // The chart of the day knows it to the minute.
  return { view, day: day ?? daySummary(view), files, hours, tries, held, check, sample };
}

async function readHeld(ctx: Ctx, { id: routingId, label }: RoutingView): Promise<readonly HeldCutView[]> {
  if (!MAY_HOLD.includes(label) || !mayDo(ctx.actor.role, 'routing.release')) return [];
  return (await listHeldCuts({ ctx, input: { routingId } })).cuts;
}
