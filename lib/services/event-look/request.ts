import { AppError } from '@/lib/domain/errors';
import { LOOK_LIFE_SECONDS, LOOK_WINDOW_SECONDS, LOOKS_PER_WINDOW } from '@/lib/domain/event-look/limits';
import { type RequestEventLookInput, requestEventLookSchema } from '@/lib/domain/event-look/look';
import { parseInput } from '@/lib/domain/parse-input';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { hitRateLimit } from '@/lib/services/rate-limit/hit';

/**
 * Asks a worker for the first lines of a delivered file, for the customer's own people alone. That somebody looked is in
 * the audit before anything is read. Throws FORBIDDEN, VALIDATION, NOT_FOUND, LIMIT.
 */
export async function requestEventLook(given: {
  ctx: Ctx;
  input: RequestEventLookInput;
}): Promise<{ lookId: string }> {
  const { ctx } = given;
  requirePermission(ctx, 'event-lines.read');
  const { fileId } = parseInput(requestEventLookSchema, given.input);
  const { userId, organizationId } = ctx.actor;
  if (organizationId === null) throw notFound('file');
  await countLook(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const where = { id: fileId, organizationId, state: 'delivered' };
    const file = await tx.file.findFirst({ where, select: { routingId: true, key: true } });
    if (file === null) throw notFound('file');
    const { routingId, key } = file;
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO event_look (organization_id, routing_id, file_id, requested_by, requested_at, expires_at)
      VALUES (${organizationId}::uuid, ${routingId}::uuid, ${fileId}::uuid, ${userId}::uuid, now(),
        now() + ${LOOK_LIFE_SECONDS}::int * interval '1 second')
      RETURNING id`;
    if (row === undefined) throw new Error('A question that was stored must answer with its row');
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'routing.read_lines',
      target: `routing:${routingId}`,
      detail: { fileId, key },
    });
    return { lookId: row.id };
  });
}

async function countLook({ db, actor }: Ctx): Promise<void> {
  const { isAllowed, retryAfterSeconds } = await hitRateLimit(db, {
    subject: `event-look:${actor.userId}`,
    windowSeconds: LOOK_WINDOW_SECONDS,
    hitsMax: LOOKS_PER_WINDOW,
  });
  if (isAllowed) return;
  throw new AppError(
    'LIMIT',
    `You have looked into many files. Try again in ${retryAfterSeconds} seconds; the files themselves are in your bucket.`,
    { retryAfterSeconds },
  );
}
