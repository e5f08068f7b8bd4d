import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { pageFields } from '@/lib/domain/page';

/** Everything; changes of the status only; what people did, their changes of the status included. */
export const activityFilterSchema = z.enum(['all', 'status', 'people'], {
  error: 'There is no such filter.',
});
export type ActivityFilter = z.infer<typeof activityFilterSchema>;

/** How far both sources of the time line have been read: nothing from these ids on comes again. */
interface ActivityCursor {
  readonly state: bigint;
  readonly audit: bigint;
}

const CURSOR = /^s(\d{1,18})\.a(\d{1,18})$/;

const cursorSchema = z.string().transform((text, ctx): ActivityCursor => {
  const [, state, audit] = CURSOR.exec(text) ?? [];
  if (state !== undefined && audit !== undefined) return { state: BigInt(state), audit: BigInt(audit) };
  ctx.addIssue({ code: 'custom', message: 'This cursor is not one we gave out.' });
  return z.NEVER;
});

/** The cursor behind the last rows of both kinds that a page shows; `listActivitySchema` reads it. */
export function writeActivityCursor({ state, audit }: ActivityCursor): string {
  return `s${state}.a${audit}`;
}

/** A page of a routing's time line, newest first. */
export const listActivitySchema = z.object({
  routingId: idSchema(),
  filter: activityFilterSchema.default('all'),
  cursor: cursorSchema.optional(),
  limit: pageFields.limit,
});
export type ListActivityInput = z.input<typeof listActivitySchema>;

/** Acts that a change of the status tells too, with more to say: they do not stand in the time line twice. */
export const TOLD_BY_STATUS: readonly string[] = [
  'routing.start',
  'routing.pause',
  'routing.resume',
  'routing.archive',
];
