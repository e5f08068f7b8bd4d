import type { z } from 'zod';
import { actorRef } from '@/lib/domain/access/actor';
import type { DataType } from '@/lib/domain/data-type';
import { accessKeysOf } from '@/lib/domain/destination/access-key';
import { pastedNotices } from '@/lib/domain/destination/pasted-notices';
import { invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { type EditableValues, type RoutingChanges, routingChanges } from '@/lib/domain/routing/changes';
import { type UpdateRoutingInput, updateRoutingSchema } from '@/lib/domain/routing/input';
import { isDraft } from '@/lib/domain/routing/transition';
import { withTransaction } from '@/lib/platform/db/transaction';
import { requestAccessCheck } from '@/lib/services/access-check/request';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import type { RoutingSaved } from './create';
import { fenceLanes } from './fence-lanes';
import { leaveAwaiting } from './leave-awaiting';
import { type LockedRouting, lockRouting } from './lock';
import { newDestinationVersion } from './new-destination-version';
import { readRoutingViews } from './read-views';
import { requireEditable } from './require-editable';
import { requireEndpoint } from './require-endpoint';
import { startTypes } from './start-types';

type Parsed = z.output<typeof updateRoutingSchema>;

/**
 * Saves an edit. A change of place, encryption or access makes a new destination version, which is checked; where
 * somebody has started, the version in use goes on delivering until that check has passed.
 * Throws FORBIDDEN, VALIDATION, NOT_FOUND, PRECONDITION, and CONFLICT when somebody else changed it meanwhile.
 */
export async function updateRouting(given: { ctx: Ctx; input: UpdateRoutingInput }): Promise<RoutingSaved> {
  const { ctx } = given;
  requirePermission(ctx, 'destination.change');
  const input = parseInput(updateRoutingSchema, given.input);
  const notices = pastedNotices(given.input);
  return withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, ctx, input.routingId);
    requireEditable(routing, input.version);
    const before = valuesOf(routing);
    const changes = routingChanges(before, input);
    if (changes.fields.includes('endpoint')) requireEndpoint(ctx, input.endpoint);
    requirePermissionFor(ctx, routing, changes);
    const keys = accessKeysOf(input);
    if (changes.fields.length > 0 || keys !== null) {
      const isDestinationNew = changes.isPlaceChanged || keys !== null;
      const access = keys === null ? null : ({ kind: 'keys', ...keys } as const);
      const made = isDestinationNew
        ? await newDestinationVersion(tx, { ctx, routing, place: input, access })
        : null;
      const isAdopted = made?.isAdopted === true;
      await tx.$executeRaw`
        UPDATE routing SET name = ${input.name}, data_types = ${input.dataTypes}::text[],
          event_names = ${input.eventNames}::text[], promise_seconds = ${input.promiseSeconds},
          flush_interval_ms = ${input.flushIntervalMs}, hour_markers = ${input.hourMarkers},
          access_probe = ${input.accessProbe},
          hour_markers_since = CASE WHEN ${input.hourMarkers} THEN coalesce(hour_markers_since, now()) END,
          destination_version = ${isAdopted ? made.version : routing.row.destinationVersion},
          version = version + 1, updated_at = now()
        WHERE id = ${routing.id}::uuid`;
      if (keys !== null) await leaveAwaiting(tx, ctx, routing);
      if (isAdopted || changes.isSelectionChanged) {
        const isAdded = (type: DataType) => !before.dataTypes.includes(type);
        await startTypes(tx, routing.id, input.dataTypes.filter(isAdded));
        await fenceLanes(tx, routing.id, { clearHold: isAdopted });
      }
      const hasAccess = keys !== null || routing.destination.credentialId !== null;
      if (made !== null && hasAccess) {
        const { organizationId, id: routingId } = routing;
        const version = { organizationId, routingId, destinationVersion: made.version };
        await requestAccessCheck(tx, { ...version, requestedBy: actorRef(ctx.actor) });
      }
      await emitAudit(tx, {
        actor: ctx.actor,
        organizationId: routing.organizationId,
        action: 'routing.update',
        target: `routing:${routing.id}`,
        detail: {
          ...auditDetail(before, input, changes),
          ...(made === null ? {} : { destinationVersion: made.version }),
        },
      });
    }
    const [view] = await readRoutingViews(tx, { routingId: routing.id, limit: 1 });
    invariant(view, 'a locked routing can be read');
    return { routing: view, notices };
  });
}

/** A draft's settings belong to those who design routings; its place and access also to the customer. */
function requirePermissionFor(ctx: Ctx, routing: LockedRouting, changes: RoutingChanges): void {
  if (isDraft(routing.lifecycle) && changes.isSettingChanged) requirePermission(ctx, 'routing.edit-draft');
}

function valuesOf({ row, destination, candidate }: LockedRouting): EditableValues {
  const { name, dataTypes, eventNames, promiseSeconds, flushIntervalMs, hourMarkers, accessProbe } = row;
  const settings = { name, dataTypes, eventNames, promiseSeconds, flushIntervalMs, hourMarkers, accessProbe };
  const { endpoint, bucket, region, prefix, kmsKeyArn } = candidate ?? destination;
  return { ...settings, endpoint, bucket, region, prefix, kmsKeyArn };
}

function auditDetail(before: EditableValues, input: Parsed, changes: RoutingChanges) {
  const detail: Record<string, string | number | boolean | null | readonly string[]> = {
    changed: changes.fields,
  };
  for (const field of changes.fields) {
    detail[`${field}.before`] = before[field];
    detail[`${field}.after`] = input[field];
  }
  if (input.accessKeyId !== undefined) detail['accessKeyIdLast4.after'] = input.accessKeyId.slice(-4);
  return detail;
}
