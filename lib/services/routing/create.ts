import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { actorRef } from '@/lib/domain/access/actor';
import { accessKeysOf } from '@/lib/domain/destination/access-key';
import { pastedNotices } from '@/lib/domain/destination/pasted-notices';
import { AppError, invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { type CreateRoutingInput, createRoutingSchema } from '@/lib/domain/routing/input';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { requestAccessCheck } from '@/lib/services/access-check/request';
import { emitAudit } from '@/lib/services/audit/emit';
import { writeContacts } from '@/lib/services/contact/write-contacts';
import type { Ctx } from '@/lib/services/context';
import { insertCredential } from '@/lib/services/credential/insert';
import { requireForeignAccount } from '@/lib/services/credential/require-foreign-account';
import { principalFor } from '@/lib/services/credential/require-role-way';
import { requireFreePlace } from '@/lib/services/destination/require-free-place';
import { notFound, requireOrganization, requirePermission } from '@/lib/services/guard';
import { readRoutingViews } from './read-views';
import { requireEndpoint } from './require-endpoint';
import { takeDraft } from './take-draft';

export interface RoutingSaved {
  readonly routing: RoutingView;
  /** What was changed in the input before it was stored, as sentences for the person who gave it. */
  readonly notices: readonly string[];
}

/**
 * Makes a routing with its first destination and credential, whose access is checked by itself; without access keys,
 * one that waits for its customer. A draft that it is made of ends. Throws FORBIDDEN, VALIDATION, NOT_FOUND, CONFLICT
 * (somebody else saved the draft).
 */
export async function createRouting(given: { ctx: Ctx; input: CreateRoutingInput }): Promise<RoutingSaved> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.create');
  const input = parseInput(createRoutingSchema, given.input);
  requireOrganization(ctx, input.organizationId, 'organization');
  requireEndpoint(ctx, input.endpoint);
  requireWays(ctx, input);
  requireForeignAccount(ctx, { field: 'ownerAccountId', accountId: input.ownerAccountId });
  const { draftId, draftVersion } = input;
  const routingId = draftId ?? randomUUID();
  return withTransaction(ctx.db, async (tx) => {
    if (draftId !== undefined) await takeDraft(tx, { draftId, version: draftVersion });
    if (input.placeBy === 'us') await requireFreePlace(tx, { ...input, routingId });
    await insertRouting(tx, routingId, input);
    await insertDestination(tx, { ctx, routingId, input });
    const { organizationId } = input;
    await writeContacts(tx, { organizationId, routingId, contacts: input });
    const { secretAccessKey, accessKeyId, draftId: _draft, draftVersion: _version, ...visible } = input;
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId: input.organizationId,
      action: 'routing.create',
      target: `routing:${routingId}`,
      detail: { ...visible, accessKeyIdLast4: accessKeyId?.slice(-4) ?? null },
    });
    if (accessKeysOf(input) !== null) {
      const { organizationId } = input;
      const version = { organizationId, routingId, destinationVersion: 1 };
      await requestAccessCheck(tx, { ...version, requestedBy: actorRef(ctx.actor) });
    }
    const [routing] = await readRoutingViews(tx, { routingId, limit: 1 });
    invariant(routing, 'a routing just made can be read');
    return { routing, notices: pastedNotices(given.input) };
  });
}

type Parsed = z.output<typeof createRoutingSchema>;

/** A role can be asked for only where one can be taken on. */
function requireWays(ctx: Ctx, { accessWays, endpoint }: Parsed): void {
  if (accessWays !== 'role' || principalFor(ctx, endpoint) !== null) return;
  const message =
    ctx.roleWay === undefined
      ? 'Access by role is not set up here: no AWS identity of ours is configured. Let them choose, or ask for keys.'
      : 'Roles are of AWS, and this bucket is served by another store. Let them choose, or ask for keys.';
  throw new AppError('VALIDATION', message, { issues: [{ field: 'accessWays', message }] });
}

async function insertRouting(tx: DbTransaction, routingId: string, input: Parsed): Promise<void> {
  const { organizationId, workspaceId, name, promiseSeconds, flushIntervalMs } = input;
  const { dataTypes, eventNames, startFrom, hourMarkers, accessProbe, accessWays } = input;
  const workspace = await tx.workspace.findFirst({
    where: { id: workspaceId, organizationId, deletedAt: null },
  });
  if (workspace === null) throw notFound('workspace');
  const lifecycle = accessKeysOf(input) === null ? 'awaiting_customer' : 'verifying';
  const lines = { dataTypes, eventNames, startFrom };
  const markers = { hourMarkers, hourMarkersSince: hourMarkers ? new Date() : null };
  const settings = {
    name,
    lifecycle,
    promiseSeconds,
    flushIntervalMs,
    accessProbe,
    accessWays,
    ...lines,
    ...markers,
  };
  await tx.routing.create({ data: { id: routingId, organizationId, workspaceId, ...settings } });
}

async function insertDestination(
  tx: DbTransaction,
  { ctx, routingId, input }: { ctx: Ctx; routingId: string; input: Parsed },
): Promise<void> {
  const { organizationId, endpoint, bucket, region, prefix, kmsKeyArn, ownerAccountId } = input;
  const place = { organizationId, routingId, version: 1 };
  const keys = accessKeysOf(input);
  const access = keys === null ? null : ({ kind: 'keys', ...keys } as const);
  const credentialId = access === null ? null : await insertCredential(tx, { ctx, place, access });
  await tx.destination.create({
    data: { ...place, endpoint, bucket, region, prefix, kmsKeyArn, ownerAccountId, credentialId },
  });
}
