import type { Actor } from '@/lib/domain/access/actor';
import { AppError } from '@/lib/domain/errors';
import { daySummary } from '@/lib/domain/latency/day-summary';
import type { LatencyView } from '@/lib/domain/latency/view';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { SharePageInput } from '@/lib/domain/share-link/input';
import { SHARE_READS_PER_MINUTE } from '@/lib/domain/share-link/limits';
import type { SharedStatusView } from '@/lib/domain/share-link/view';
import type { Ctx } from '@/lib/services/context';
import { listLatestHours } from '@/lib/services/hour/list-latest-hours';
import { readLatency } from '@/lib/services/latency/read-latency';
import { hitRateLimit } from '@/lib/services/rate-limit/hit';
import { getRouting } from '@/lib/services/routing/get';
import { findOpenShareLink, type OpenShareLink } from './find-open';

/**
 * The reduced status that a link shows: read as a viewer of its organization would, and cut to the closed list of fields.
 * Throws NOT_FOUND, and LIMIT when a link is read too often.
 */
export async function readSharedStatus(given: {
  ctx: Omit<Ctx, 'actor'>;
  page: SharePageInput;
  now: Date;
}): Promise<SharedStatusView> {
  const link = await findOpenShareLink(given.ctx.db, given.page);
  await countRead(given.ctx, link.id);
  const ctx: Ctx = { ...given.ctx, actor: viewerOf(link) };
  const { routingId } = link;
  const [routing, view] = await Promise.all([
    getRouting({ ctx, input: { routingId } }),
    readLatency({ ctx, input: { routingId, range: '24h' } }),
  ]);
  const hours = await listLatestHours({ ctx, routing, now: given.now });
  return {
    ...reducedRouting(routing),
    day: daySummary(view),
    latency: reducedLatency(view),
    hours: hours.map(({ hour, state }) => ({ hour, state })),
    expiresAt: link.expiresAt.toISOString(),
  };
}

/** Whoever has the link sees no more than the least of the organization's people, and never acts. */
function viewerOf({ id, organizationId }: OpenShareLink): Actor {
  const nobody = { kind: 'user', userId: id, name: 'Share link', email: '' } as const;
  return { ...nobody, role: 'customer_viewer', organizationId };
}

function reducedRouting(routing: RoutingView) {
  const { name, organization, label, stateSince, promiseSeconds, flushIntervalMs, lastFile } = routing;
  const { freshnessMs, pendingRows } = routing;
  return {
    organizationName: organization.name,
    routingName: name,
    ...{ label, stateSince, promiseSeconds, flushIntervalMs, freshnessMs, pendingRows },
    lastFile: lastFile === null ? null : { deliveredAt: lastFile.deliveredAt, rows: lastFile.rows },
  };
}

function reducedLatency(view: LatencyView): SharedStatusView['latency'] {
  const { from, to, stepMs, promiseMs, states, points, total } = view;
  return {
    ...{ from, to, stepMs, promiseMs },
    states: states.map((span) => ({ from: span.from, to: span.to, label: span.label })),
    points: points.map(({ at, rows, files, p50Ms, p95Ms, p99Ms, isDemo }) => {
      return { at, rows, files, p50Ms, p95Ms, p99Ms, isDemo };
    }),
    total: {
      ...{ rows: total.rows, files: total.files },
      ...{ p50Ms: total.p50Ms, p95Ms: total.p95Ms, p99Ms: total.p99Ms },
    },
  };
}

async function countRead({ db }: Pick<Ctx, 'db'>, linkId: string): Promise<void> {
  const rule = { subject: `share-link:read:${linkId}`, windowSeconds: 60, hitsMax: SHARE_READS_PER_MINUTE };
  const { isAllowed, retryAfterSeconds } = await hitRateLimit(db, rule);
  if (isAllowed) return;
  const sentence = 'This status is read by too many at once. Wait a minute and reload the page.';
  throw new AppError('LIMIT', sentence, { retryAfterSeconds });
}
