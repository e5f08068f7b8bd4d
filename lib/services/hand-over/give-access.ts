import { actorRef } from '@/lib/domain/access/actor';
import { pastedNotices } from '@/lib/domain/destination/pasted-notices';
import { AppError } from '@/lib/domain/errors';
import {
  type HandOverAccessInput,
  type HandOverPageInput,
  handOverAccessSchema,
} from '@/lib/domain/hand-over/input';
import { parseInput } from '@/lib/domain/parse-input';
import { requestAccessCheck } from '@/lib/services/access-check/request';
import type { Ctx } from '@/lib/services/context';
import { storeAccess } from '@/lib/services/credential/store-access';
import { countAccess } from './count-access';
import { countCheck } from './count-check';
import { findOpenLink } from './lock-link';
import { onOpenQuestion } from './on-open-question';

interface AccessStored {
  /** What was changed in the input before it was stored, as sentences for the person who gave it. */
  readonly notices: readonly string[];
}

/**
 * Gives the routing of a link its access, on the version of the destination that the page saw, and has it checked; it
 * may be corrected until access has passed. Never starts anything. Throws NOT_FOUND, VALIDATION, LIMIT (accesses,
 * checks), CONFLICT (another page was first), PRECONDITION (handed over already, or started).
 */
export async function giveHandOverAccess(given: {
  ctx: Pick<Ctx, 'db' | 'sealer' | 'roleWay'>;
  page: HandOverPageInput;
  input: HandOverAccessInput;
}): Promise<AccessStored> {
  const { ctx, page } = given;
  // Whoever has no link learns nothing from what is wrong with their input.
  const { rootId } = await findOpenLink(ctx.db, page);
  const input = parseInput(handOverAccessSchema, given.input);
  await countCheck(ctx.db, rootId);
  await onOpenQuestion(ctx.db, page, async (tx, { link, routing }) => {
    if (routing.row.destinationVersion !== input.destinationVersion) throw anotherWasFirst();
    await countAccess(tx, link.rootId, input);
    const actor = { kind: 'hand_over_link', userId: link.id } as const;
    const version = await storeAccess(tx, {
      ctx: { ...ctx, actor },
      routing,
      access: input,
      ...(input.ownerAccountId === null ? {} : { ownerAccountId: input.ownerAccountId }),
    });
    await tx.$executeRaw`
      UPDATE hand_over_link SET access_given_at = now(), access_kind = ${input.kind}, destination_version = ${version}
      WHERE id = ${link.id}::uuid`;
    const { organizationId, routingId } = link;
    const request = { organizationId, routingId, destinationVersion: version };
    await requestAccessCheck(tx, { ...request, requestedBy: actorRef(actor) });
  });
  return { notices: pastedNotices(given.input) };
}

function anotherWasFirst(): AppError {
  return new AppError(
    'CONFLICT',
    'Somebody else entered access, or changed the place, while this page was open. Look at what is there now; nothing of yours was stored.',
  );
}
