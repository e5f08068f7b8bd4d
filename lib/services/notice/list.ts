import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { NOTICE_KINDS, noticeChannelSchema, noticeStateSchema } from '@/lib/domain/notice/notice';
import type { NoticeView } from '@/lib/domain/notice/view';
import { parseInput } from '@/lib/domain/parse-input';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { requireRouting } from '@/lib/services/routing/require-routing';

const NEWEST = 100;
const inputSchema = z.object({ routingId: idSchema() });
const kindSchema = z.enum(NOTICE_KINDS);

/** What people were told about a routing, newest first; the newest hundred. Throws FORBIDDEN, VALIDATION, NOT_FOUND. */
export async function listNotices(given: {
  ctx: Ctx;
  input: z.input<typeof inputSchema>;
}): Promise<{ notices: readonly NoticeView[] }> {
  const { ctx } = given;
  requirePermission(ctx, 'contact.see');
  const { routingId } = parseInput(inputSchema, given.input);
  await requireRouting(ctx, routingId);
  const rows = await ctx.db.notice.findMany({
    where: { routingId },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: NEWEST,
    omit: { payloadSealed: true, facts: true },
  });
  const notices = rows.map((row) => {
    const state = noticeStateSchema.parse(row.state);
    return {
      id: row.id,
      kind: kindSchema.parse(row.kind),
      channel: noticeChannelSchema.parse(row.channel),
      to: row.recipient,
      state,
      tries: row.tries,
      cause: row.cause,
      createdAt: row.createdAt.toISOString(),
      sentAt: state === 'sent' ? (row.endedAt?.toISOString() ?? null) : null,
      nextTryAt: state === 'queued' ? row.notBefore.toISOString() : null,
    };
  });
  return { notices };
}
