import { z } from 'zod';
import { parseInput } from '@/lib/domain/parse-input';
import { type FileIdInput, fileIdSchema } from '@/lib/domain/routing/list';
import type { AttemptView, FileDetailView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { notFound, requirePermission } from '@/lib/services/guard';
import { readFileViews } from './read-views';

/** A file whose access was refused for days has thousands; `attempts` says how many. */
const ATTEMPTS_MAX = 100;
const outcomeSchema = z.enum(['done', 'refused', 'unknown']).nullable();

/** One delivered file with its newest attempts, in order, at most a hundred. Throws NOT_FOUND for one the actor does not see. */
export async function getFile(given: { ctx: Ctx; input: FileIdInput }): Promise<FileDetailView> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { fileId } = parseInput(fileIdSchema, given.input);
  const { organizationId } = ctx.actor;
  const [found] = await readFileViews(ctx.db, { fileId, organizationId, limit: 1 });
  if (found === undefined) throw notFound('file');
  return {
    ...found.view,
    ...found.content,
    attemptList: await readAttempts(ctx, fileId),
  };
}

async function readAttempts({ db }: Ctx, fileId: string): Promise<AttemptView[]> {
  const rows = await db.attempt.findMany({
    where: { fileId },
    orderBy: { number: 'desc' },
    take: ATTEMPTS_MAX,
  });
  return rows.reverse().map((row) => ({
    number: row.number,
    workerId: row.workerId,
    markedAt: row.markedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    outcome: outcomeSchema.parse(row.outcome),
    httpStatus: row.httpStatus,
    code: row.code,
    requestId: row.requestId,
    message: row.message,
  }));
}
