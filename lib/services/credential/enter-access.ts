import { accessKeysOf } from '@/lib/domain/destination/access-key';
import { pastedNotices } from '@/lib/domain/destination/pasted-notices';
import { AppError, invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { accessFaults } from '@/lib/domain/routing/fields';
import { type EnterAccessInput, enterAccessSchema } from '@/lib/domain/routing/input';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import type { RoutingSaved } from '@/lib/services/routing/create';
import { fenceLanes } from '@/lib/services/routing/fence-lanes';
import { leaveAwaiting } from '@/lib/services/routing/leave-awaiting';
import { lockRouting } from '@/lib/services/routing/lock';
import { newDestinationVersion } from '@/lib/services/routing/new-destination-version';
import { readRoutingViews } from '@/lib/services/routing/read-views';
import { requireEditable } from '@/lib/services/routing/require-editable';

/**
 * Gives a routing its access keys, the first ones or new ones, for the place it delivers to. What waited for them
 * becomes a draft; of a running routing every back-off and hold ends, so that a held cut is tried with them at once.
 * Throws FORBIDDEN, VALIDATION, NOT_FOUND, PRECONDITION (it has ended), CONFLICT (somebody else changed it).
 */
export async function enterAccess(given: { ctx: Ctx; input: EnterAccessInput }): Promise<RoutingSaved> {
  const { ctx } = given;
  requirePermission(ctx, 'access.enter');
  const input = parseInput(enterAccessSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, input.routingId);
    requireEditable(routing, input.version);
    const place = routing.destination;
    requireKeysOf(place.endpoint, input);
    const version = await newDestinationVersion(tx, { ctx, routing, place, keys: accessKeysOf(input) });
    await tx.$executeRaw`
      UPDATE routing SET destination_version = ${version}, version = version + 1, updated_at = now()
      WHERE id = ${routing.id}::uuid`;
    await leaveAwaiting(tx, ctx, routing);
    await fenceLanes(tx, routing.id, { clearHold: true });
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: routing.organizationId,
      action: 'routing.enter_access',
      target: `routing:${routing.id}`,
      detail: {
        'accessKeyIdLast4.before': place.credential?.accessKeyIdLast4 ?? null,
        'accessKeyIdLast4.after': input.accessKeyId.slice(-4),
        destinationVersion: version,
      },
    });
    const [view] = await readRoutingViews(tx, { routingId: routing.id, limit: 1 });
    invariant(view, 'a locked routing can be read');
    return { routing: view, notices: pastedNotices(given.input) };
  });
}

function requireKeysOf(endpoint: string, keys: { accessKeyId: string; secretAccessKey: string }): void {
  const issues = accessFaults({ endpoint, ...keys }).flatMap(([field, message]) =>
    message === null ? [] : [{ field, message }],
  );
  if (issues.length > 0) throw new AppError('VALIDATION', 'Some fields need your attention.', { issues });
}
