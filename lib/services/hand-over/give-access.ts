import { pastedNotices } from '@/lib/domain/destination/pasted-notices';
import { AppError } from '@/lib/domain/errors';
import {
  type HandOverAccessInput,
  type HandOverPageInput,
  handOverAccessSchema,
} from '@/lib/domain/hand-over/input';
import { parseInput } from '@/lib/domain/parse-input';
import { isUnstarted } from '@/lib/domain/routing/label';
import type { DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import type { Ctx } from '@/lib/services/context';
import { storeAccess } from '@/lib/services/credential/store-access';
import { type LockedRouting, lockRouting } from '@/lib/services/routing/lock';
import { countKeyId } from './count-key-id';
import { findOpenLink, lockOpenLink, type OpenLink, readSubmittedAt } from './lock-link';

interface AccessStored {
  /** What was changed in the input before it was stored, as sentences for the person who gave it. */
  readonly notices: readonly string[];
}

/**
 * Gives the routing of a link its access, on the version of the destination that the page saw; it may be corrected
 * until access has passed its check. Never starts anything. Throws NOT_FOUND, VALIDATION, LIMIT (key ids),
 * CONFLICT (another page was first), PRECONDITION (handed over already, or started).
 */
export async function giveHandOverAccess(given: {
  ctx: Pick<Ctx, 'db' | 'sealer'>;
  page: HandOverPageInput;
  input: HandOverAccessInput;
}): Promise<AccessStored> {
  const { ctx, page } = given;
  // Whoever has no link learns nothing from what is wrong with their input.
  const { organizationId, routingId } = await findOpenLink(ctx.db, page);
  const input = parseInput(handOverAccessSchema, given.input);
  await withTransaction(ctx.db, async (tx) => {
    const routing = await lockRouting(tx, { actor: { organizationId } }, routingId);
    const link = await lockOpenLink(tx, page);
    await requireOpenQuestion(tx, { link, routing, destinationVersion: input.destinationVersion });
    await countKeyId(tx, link.rootId, input.accessKeyId);
    const version = await storeAccess(tx, {
      ctx: { sealer: ctx.sealer, actor: { kind: 'hand_over_link', userId: link.id } },
      routing,
      access: input,
      ...(input.ownerAccountId === null ? {} : { ownerAccountId: input.ownerAccountId }),
    });
    await tx.$executeRaw`
      UPDATE hand_over_link SET access_given_at = now(), access_kind = 'keys', destination_version = ${version}
      WHERE id = ${link.id}::uuid`;
  });
  return { notices: pastedNotices(given.input) };
}

interface Question {
  readonly link: OpenLink;
  readonly routing: LockedRouting;
  readonly destinationVersion: number;
}

/** Under the locks of the routing and of the link: of two pages that send at once, the second sees the first. */
async function requireOpenQuestion(tx: DbTransaction, question: Question): Promise<void> {
  const { link, routing, destinationVersion } = question;
  if ((await readSubmittedAt(tx, link.rootId)) !== null) {
    throw new AppError(
      'PRECONDITION',
      'Access that works has been handed over already. Nothing of what you entered was stored.',
    );
  }
  if (!isUnstarted(routing.lifecycle)) {
    throw new AppError(
      'PRECONDITION',
      'This delivery has been started, so its access is no longer changed by a link. Nothing was stored.',
    );
  }
  if (routing.row.destinationVersion !== destinationVersion) {
    throw new AppError(
      'CONFLICT',
      'Somebody else entered access, or changed the place, while this page was open. Look at what is there now; nothing of yours was stored.',
    );
  }
}
