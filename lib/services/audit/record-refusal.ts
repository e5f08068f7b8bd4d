import { AppError } from '@/lib/domain/errors';
import { withTransaction } from '@/lib/platform/db/transaction';
import type { Ctx } from '@/lib/services/context';
import { hitRateLimit } from '@/lib/services/rate-limit/hit';
import { emitAudit } from './emit';

/** So many of one person's refusals are recorded in an hour; the last of them says that more are left out. */
export const REFUSALS_PER_HOUR_MAX = 30;

type Refused = Pick<Ctx, 'db' | 'actor' | 'requestId'>;

/**
 * Records that somebody who is signed in was refused, by their role or because what they named is not theirs to see.
 * Other errors are none of its business. `asked` is what they asked for, without anything they typed into a form.
 */
export async function recordRefusal(ctx: Refused, error: unknown, asked: string): Promise<void> {
  if (!(error instanceof AppError) || (error.code !== 'FORBIDDEN' && error.code !== 'NOT_FOUND')) return;
  const { isAllowed, hitsLeft } = await hitRateLimit(ctx.db, {
    subject: `refusal:${ctx.actor.kind}:${ctx.actor.userId}`,
    windowSeconds: 3_600,
    hitsMax: REFUSALS_PER_HOUR_MAX,
  });
  if (!isAllowed) return;
  await withTransaction(ctx.db, (tx) =>
    emitAudit(tx, {
      actor: ctx.actor,
      organizationId: ctx.actor.organizationId,
      action: 'access.refused',
      target: `user:${ctx.actor.userId}`,
      detail: {
        code: error.code,
        asked: asked.slice(0, ASKED_MAX),
        requestId: ctx.requestId,
        ...(hitsLeft === 0 ? { moreAreLeftOut: true } : {}),
      },
    }),
  );
}

const ASKED_MAX = 300;

/** Does `run` and records it when it is refused. Throws what `run` throws. */
export async function recordingRefusals<T>(ctx: Refused, asked: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    await recordRefusal(ctx, error, asked);
    throw error;
  }
}
