import { z } from 'zod';
import { versionState } from '@/lib/domain/destination/version-state';
import type { DestinationVersionView } from '@/lib/domain/destination/version-view';
import { parseInput } from '@/lib/domain/parse-input';
import { type RoutingIdInput, routingIdSchema } from '@/lib/domain/routing/input';
import { visibleAudit } from '@/lib/services/audit/visible-audit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { readActorNames } from '@/lib/services/routing/read-actor-names';
import { requireRouting } from '@/lib/services/routing/require-routing';

const VERSIONS_MAX = 100;
const MADE_BY = ['routing.create', 'routing.update', 'routing.enter_access', 'destination.reuse'];

/**
 * Where a routing delivers and has delivered to, newest first, at most a hundred versions; never a secret. Who made a
 * version is told to those who may read that audit row. Throws NOT_FOUND for a routing the actor does not see.
 */
export async function listDestinationVersions(given: {
  ctx: Ctx;
  input: RoutingIdInput;
}): Promise<{ versions: DestinationVersionView[] }> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId } = parseInput(routingIdSchema, given.input);
  const routing = await requireRouting(ctx, routingId);
  const [rows, makers, openCuts] = await Promise.all([
    readVersions(ctx, routingId),
    readMakers(ctx, routingId),
    readOpenCuts(ctx, routingId),
  ]);
  const versions = rows.map(({ version, endpoint, bucket, region, prefix, kmsKeyArn, ...row }) => ({
    version,
    endpoint,
    bucket,
    region,
    prefix,
    kmsKeyArn,
    accessKeyIdLast4: row.credential?.accessKeyIdLast4 ?? null,
    roleArn: row.credential?.roleArn ?? null,
    accessGivenAt: row.credential?.createdAt.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    createdBy: makers.get(version) ?? null,
    compromisedAt: row.credential?.compromisedAt?.toISOString() ?? null,
    isErased: (row.credential?.erasedAt ?? null) !== null,
    state: versionState({ version, ...row }, routing.destinationVersion),
    isInUse: version === routing.destinationVersion,
    adoptedAt: row.adoptedAt?.toISOString() ?? null,
    openCuts: openCuts.get(version) ?? 0,
  }));
  return { versions };
}

function readVersions({ db }: Ctx, routingId: string) {
  return db.destination.findMany({
    where: { routingId },
    include: {
      credential: {
        select: {
          accessKeyIdLast4: true,
          roleArn: true,
          createdAt: true,
          compromisedAt: true,
          erasedAt: true,
        },
      },
    },
    orderBy: { version: 'desc' },
    take: VERSIONS_MAX,
  });
}

const madeSchema = z.object({ destinationVersion: z.int() });

/** Names by version, from the audit rows that say which version they made; creating makes the first. */
async function readMakers({ db, actor }: Ctx, routingId: string): Promise<Map<number, string>> {
  const visible = visibleAudit(actor);
  if (visible === null) return new Map();
  const rows = await db.auditEvent.findMany({
    where: { target: `routing:${routingId}`, action: { in: MADE_BY }, ...visible },
    select: { action: true, actor: true, detail: true },
    orderBy: { id: 'desc' },
  });
  const made = rows.flatMap(({ action, actor: maker, detail }) => {
    const version = action === 'routing.create' ? 1 : madeSchema.safeParse(detail).data?.destinationVersion;
    return version === undefined ? [] : [{ version, maker }];
  });
  const names = await readActorNames(
    db,
    made.map(({ maker }) => maker),
  );
  return new Map(made.map(({ version, maker }) => [version, names.get(maker) ?? maker]));
}

/** How many cuts each version still has to deliver; at most one of a lane is open. */
async function readOpenCuts({ db }: Ctx, routingId: string): Promise<Map<number, number>> {
  const rows = await db.$queryRaw<{ version: number; cuts: number }[]>`
    SELECT c.destination_version AS version, count(*)::int AS cuts
    FROM lane l JOIN cut c ON c.lane_id = l.id AND c.state = 'sealed'
    WHERE l.routing_id = ${routingId}::uuid GROUP BY 1`;
  return new Map(rows.map(({ version, cuts }) => [version, cuts]));
}
