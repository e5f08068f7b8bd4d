import { randomUUID } from 'node:crypto';
import { actorRef } from '@/lib/domain/access/actor';
import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { shareAddress } from '@/lib/domain/share-link/address';
import { type CreateShareLinkInput, createShareLinkSchema } from '@/lib/domain/share-link/input';
import { SHARE_LINKS_MAX } from '@/lib/domain/share-link/limits';
import type { ShareLinkView } from '@/lib/domain/share-link/view';
import { withTransaction } from '@/lib/platform/db/transaction';
import { generateHandOverToken, hashHandOverToken } from '@/lib/platform/hand-over-token';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { lockRouting } from '@/lib/services/routing/lock';
import { readShareLinkView } from './read-views';

export interface ShareLinkMade {
  readonly shareLink: ShareLinkView;
  /** With the token in its fragment: shown this once, and kept nowhere. */
  readonly address: string;
}

/**
 * Makes a link to the reduced status of a routing. `origin` is the address of the dashboard. Throws FORBIDDEN,
 * VALIDATION, NOT_FOUND, LIMIT (too many links of the routing work already).
 */
export async function createShareLink(given: {
  ctx: Ctx;
  input: CreateShareLinkInput;
  origin: string;
}): Promise<ShareLinkMade> {
  const { ctx, origin } = given;
  requirePermission(ctx, 'share-link.manage');
  const { routingId, lifeDays } = parseInput(createShareLinkSchema, given.input);
  const token = generateHandOverToken();
  return withTransaction(ctx.db, async (tx) => {
    const { organizationId } = await lockRouting(tx, ctx, routingId);
    const open = { routingId, revokedAt: null, expiresAt: { gt: new Date() } };
    if ((await tx.shareLink.count({ where: open })) >= SHARE_LINKS_MAX) throw tooMany();
    const id = randomUUID();
    await tx.$executeRaw`
      INSERT INTO share_link (id, organization_id, routing_id, token_hash, created_by, expires_at)
      VALUES (${id}::uuid, ${organizationId}::uuid, ${routingId}::uuid, ${hashHandOverToken(token)},
        ${actorRef(ctx.actor)}, now() + ${lifeDays}::int * interval '1 day')`;
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'share-link.create',
      target: `routing:${routingId}`,
      detail: { linkId: id, lifeDays },
    });
    return { shareLink: await readShareLinkView(tx, id), address: shareAddress(origin, { id, token }) };
  });
}

function tooMany(): AppError {
  const sentence = `Of one routing at most ${SHARE_LINKS_MAX} links work at once. Revoke one that nobody needs.`;
  return new AppError('LIMIT', sentence);
}
