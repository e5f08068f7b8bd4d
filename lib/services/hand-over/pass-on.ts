import { AppError } from '@/lib/domain/errors';
import {
  type HandOverPageInput,
  type PassOnHandOverInput,
  passOnHandOverSchema,
} from '@/lib/domain/hand-over/input';
import { LINK_PASSED_ON_MAX } from '@/lib/domain/hand-over/limits';
import { parseInput } from '@/lib/domain/parse-input';
import type { DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { insertLink } from './insert-link';
import { lockOpenLink, readSubmittedAt } from './lock-link';
import { mailLink } from './mail-link';

interface PassedOn {
  readonly recipient: string;
  /** With the token in its fragment: shown this once, and kept nowhere. */
  readonly address: string;
  /** Whether it is mailed as well. */
  readonly isMailed: boolean;
}

/**
 * Makes a link of its own for somebody else; it ends when the one that was passed on ends. `origin` is the address of
 * the dashboard. Throws NOT_FOUND, VALIDATION, PRECONDITION (access has been handed over), LIMIT.
 */
export async function passOnHandOver(given: {
  ctx: Pick<Ctx, 'db' | 'sealer'>;
  page: HandOverPageInput;
  input: PassOnHandOverInput;
  origin: string;
}): Promise<PassedOn> {
  const { ctx, page, origin } = given;
  return withTransaction(ctx.db, async (tx) => {
    const parent = await lockOpenLink(tx, page);
    const { recipient, isMailed } = parseInput(passOnHandOverSchema, given.input);
    if ((await readSubmittedAt(tx, parent.rootId)) !== null) throw nothingLeftToDo();
    await requireRoom(tx, parent.rootId);
    const { organizationId, routingId } = parent;
    const by = { kind: 'hand_over_link', userId: parent.id } as const;
    const link = await insertLink(tx, { organizationId, routingId, recipient, by, origin, parent });
    if (isMailed) {
      await mailLink(tx, { ...link, recipient, sentBy: parent.recipient, sealer: ctx.sealer });
    }
    await emitAudit(tx, {
      actor: by,
      organizationId,
      action: 'hand-over.pass_on',
      target: `routing:${routingId}`,
      detail: { linkId: link.id, parentId: parent.id, recipient, isMailed },
    });
    return { recipient, address: link.address, isMailed };
  });
}

async function requireRoom(tx: DbTransaction, rootId: string): Promise<void> {
  const count = await tx.handOverLink.count({ where: { rootId, parentId: { not: null } } });
  if (count < LINK_PASSED_ON_MAX) return;
  throw new AppError('LIMIT', 'This link has been passed on too often. Ask whoever sent it for a new one.');
}

function nothingLeftToDo(): AppError {
  return new AppError('PRECONDITION', 'Access has been handed over already: nobody needs the link any more.');
}
