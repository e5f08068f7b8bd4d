import { AppError } from '@/lib/domain/errors';
import type { OpenShareLinkInput } from '@/lib/domain/share-link/input';
import { SHARE_TRIES_PER_WINDOW, SHARE_WINDOW_SECONDS } from '@/lib/domain/share-link/limits';
import type { AnonymousCtx } from '@/lib/services/context';
import { hitRateLimit } from '@/lib/services/rate-limit/hit';
import { findOpenShareLink } from './find-open';

/** Tries the token of a link's address and notes that it was opened. Throws NOT_FOUND, LIMIT after too many tries. */
export async function openShareLink(given: {
  ctx: AnonymousCtx;
  input: OpenShareLinkInput;
}): Promise<{ expiresAt: Date }> {
  const { db } = given.ctx;
  const { address = '', ...page } = given.input;
  const { isAllowed, retryAfterSeconds } = await hitRateLimit(db, {
    subject: `share-link:address:${address.slice(0, 100)}`,
    windowSeconds: SHARE_WINDOW_SECONDS,
    hitsMax: SHARE_TRIES_PER_WINDOW,
  });
  if (!isAllowed) {
    throw new AppError('LIMIT', 'Too many links were tried from your network. Wait some minutes.', {
      retryAfterSeconds,
    });
  }
  const link = await findOpenShareLink(db, page);
  await db.$executeRaw`
    UPDATE share_link SET opened_at = now() WHERE id = ${link.id}::uuid AND opened_at IS NULL`;
  return { expiresAt: link.expiresAt };
}
