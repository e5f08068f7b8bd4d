import { AppError } from '@/lib/domain/errors';
import { type BeginHandOverInput, beginHandOverSchema } from '@/lib/domain/hand-over/input';
import type { Db } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { generateHandOverToken, hashHandOverToken } from '@/lib/platform/hand-over-token';
import { emitAudit } from '@/lib/services/audit/emit';
import type { AnonymousCtx } from '@/lib/services/context';
import { hitRateLimit } from '@/lib/services/rate-limit/hit';
import { noSuchLink } from './lock-link';

const WINDOW_SECONDS = 15 * 60;
/** By address alone: whoever knows a link's id without its token must not be able to shut its holder out. */
const HITS_MAX_PER_ADDRESS = 60;

interface Begun {
  /** For the cookie of the page; only its hash is kept. */
  readonly session: string;
  readonly expiresAt: Date;
}

/**
 * Exchanges the token of a link's address for the session of one page; a page that had begun elsewhere ends. Throws
 * NOT_FOUND in the same words for a wrong token and a link that has ended, LIMIT after too many tries.
 */
export async function beginHandOver(given: { ctx: AnonymousCtx; input: BeginHandOverInput }): Promise<Begun> {
  const { db } = given.ctx;
  await countTry(db, given.input.address ?? '');
  const parsed = beginHandOverSchema.safeParse(given.input);
  if (!parsed.success) throw noSuchLink();
  const { linkId, token } = parsed.data;
  const session = generateHandOverToken();
  return withTransaction(db, async (tx) => {
    const [link] = await tx.$queryRaw<{ organization_id: string; routing_id: string; expires_at: Date }[]>`
      UPDATE hand_over_link SET session_hash = ${hashHandOverToken(session)}, begun_at = now(),
        opened_at = coalesce(opened_at, now())
      WHERE id = ${linkId}::uuid AND token_hash = ${hashHandOverToken(token)}
        AND revoked_at IS NULL AND declined_at IS NULL AND expires_at > now()
      RETURNING organization_id, routing_id, expires_at`;
    if (link === undefined) throw noSuchLink();
    await emitAudit(tx, {
      actor: { kind: 'hand_over_link', userId: linkId },
      organizationId: link.organization_id,
      action: 'hand-over.begin',
      target: `routing:${link.routing_id}`,
      detail: { linkId },
    });
    return { session, expiresAt: link.expires_at };
  });
}

async function countTry(db: Db, address: string): Promise<void> {
  if (address === '') return;
  const rule = { windowSeconds: WINDOW_SECONDS, hitsMax: HITS_MAX_PER_ADDRESS };
  const answer = await hitRateLimit(db, { subject: `hand-over:address:${address}`, ...rule });
  if (answer.isAllowed) return;
  throw new AppError('LIMIT', 'Too many tries. Wait a few minutes, then open the link again.', {
    retryAfterSeconds: answer.retryAfterSeconds,
  });
}
