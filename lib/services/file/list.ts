import { parseInput } from '@/lib/domain/parse-input';
import { type ListFilesInput, listFilesSchema } from '@/lib/domain/routing/list';
import type { FileView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';
import { readFileViews } from './read-views';

export interface FilePage {
  readonly files: FileView[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** A page of a routing's delivered files, newest first, of one type or hour where given. Throws NOT_FOUND for a routing the actor does not see. */
export async function listFiles(given: { ctx: Ctx; input: ListFilesInput }): Promise<FilePage> {
  const { ctx } = given;
  requirePermission(ctx, 'routing.see');
  const { routingId, type, hour, cursor, limit } = parseInput(listFilesSchema, given.input);
  await requireRouting(ctx, routingId);
  const found = await readFileViews(ctx.db, {
    routingId,
    organizationId: ctx.actor.organizationId,
    ...(type === undefined ? {} : { type }),
    ...(hour === undefined ? {} : { hour }),
    ...(cursor === undefined ? {} : { afterId: cursor }),
    limit: limit + 1,
  });
  const files = found.slice(0, limit).map(({ view }) => view);
  return { files, nextCursor: found.length > limit ? (files.at(-1)?.id ?? null) : null };
}
