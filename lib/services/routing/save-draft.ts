import { randomUUID } from 'node:crypto';
import { invariant } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import {
  type KeptFields,
  keepValid,
  type RoutingDraftView,
  type SaveDraftInput,
  saveDraftSchema,
} from '@/lib/domain/routing/draft';
import type { DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import type { Ctx } from '@/lib/services/context';
import { whyPlaceTaken } from '@/lib/services/destination/require-free-place';
import { notFound, requireOrganization, requirePermission } from '@/lib/services/guard';
import { draftGone } from './draft-gone';
import { readDrafts } from './read-drafts';
import { requireEndpoint } from './require-endpoint';

interface DraftSaved {
  readonly draft: RoutingDraftView;
  /** What of the input is not valid yet and was left out, by field. */
  readonly faults: KeptFields['faults'];
  /** Why the place cannot be had, though it is valid; null while nothing is known against it. */
  readonly placeTaken: string | null;
}

/**
 * Keeps what was typed of a new routing, as far as it is valid: the stored draft always is. Throws FORBIDDEN,
 * VALIDATION (whose it is, or its name, is not known yet), NOT_FOUND, CONFLICT (somebody else saved it).
 */
export async function saveRoutingDraft(given: { ctx: Ctx; input: SaveDraftInput }): Promise<DraftSaved> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.create');
  const { draftId, version, ...input } = parseInput(saveDraftSchema, given.input);
  const { organizationId, workspaceId, name } = input;
  requireOrganization(ctx, organizationId, 'organization');
  const { fields, faults } = keepValid(input.fields);
  if (fields.endpoint !== undefined) requireEndpoint(ctx, fields.endpoint);
  return withTransaction(ctx.db, async (tx) => {
    const where = { id: workspaceId, organizationId, deletedAt: null };
    if ((await tx.workspace.findFirst({ where })) === null) throw notFound('workspace');
    const id = draftId ?? randomUUID();
    const written = { organizationId, workspaceId, name, fields, savedBy: ctx.actor.userId };
    if (draftId === undefined) await tx.routingDraft.create({ data: { id, ...written } });
    else await overwrite(tx, { id, version: version ?? 0, ...written });
    const [draft] = await readDrafts(tx, { draftId: id });
    invariant(draft, 'a draft just saved can be read');
    return { draft, faults, placeTaken: await whyTaken(tx, { organizationId, routingId: id, fields }) };
  });
}

function whyTaken(
  tx: DbTransaction,
  {
    organizationId,
    routingId,
    fields,
  }: { organizationId: string; routingId: string } & Pick<KeptFields, 'fields'>,
): Promise<string | null> {
  const { bucket, endpoint = '', prefix = '', placeBy = 'us' } = fields;
  if (bucket === undefined || placeBy === 'customer') return Promise.resolve(null);
  return whyPlaceTaken(tx, { organizationId, routingId, endpoint, bucket, prefix });
}

interface Overwrite {
  readonly id: string;
  /** The one that was read. */
  readonly version: number;
  readonly organizationId: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly fields: KeptFields['fields'];
  readonly savedBy: string;
}

async function overwrite(tx: DbTransaction, draft: Overwrite): Promise<void> {
  const count = await tx.$executeRaw`
    UPDATE routing_draft SET organization_id = ${draft.organizationId}::uuid, workspace_id = ${draft.workspaceId}::uuid,
      name = ${draft.name}, fields = ${JSON.stringify(draft.fields)}::jsonb, saved_by = ${draft.savedBy}::uuid,
      saved_at = now(), version = version + 1
    WHERE id = ${draft.id}::uuid AND version = ${draft.version}`;
  if (count === 0) throw await draftGone(tx, draft.id);
}
