import { randomUUID } from 'node:crypto';
import { AppError } from '@/lib/domain/errors';
import { noticeSchema, noticeStateSchema } from '@/lib/domain/notice/notice';
import {
  againstSendingAgain,
  type SendNoticeAgainInput,
  sendNoticeAgainSchema,
} from '@/lib/domain/notice/send-again';
import { parseInput } from '@/lib/domain/parse-input';
import { hasEnded } from '@/lib/domain/routing/transition';
import type { DbTransaction } from '@/lib/platform/db/client';
import { withTransaction } from '@/lib/platform/db/transaction';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { lockRouting } from '@/lib/services/routing/lock';

/**
 * Tells one receiver once more what they were told, as a notice of its own: under a new id, so that mail programs and
 * webhook receivers do not take it for the one they may have. What was told stays in the list. Throws FORBIDDEN,
 * VALIDATION, NOT_FOUND, PRECONDITION (it cannot be sent again, or is on its way already).
 */
export async function sendNoticeAgain(given: {
  ctx: Ctx;
  input: SendNoticeAgainInput;
}): Promise<{ noticeId: string }> {
  const { ctx } = given;
  requirePermission(ctx, 'contact.manage');
  const { routingId, noticeId } = parseInput(sendNoticeAgainSchema, given.input);
  return withTransaction(ctx.db, async (tx) => {
    const { organizationId, lifecycle } = await lockRouting(tx, ctx, routingId);
    const notice = await readNotice(tx, { routingId, noticeId });
    if (hasEnded(lifecycle))
      throw new AppError('PRECONDITION', 'This routing has ended: nobody is told any more.');
    const against = againstSendingAgain(notice);
    if (against !== null) throw new AppError('PRECONDITION', against);
    const recipient = await receiverOf(tx, { routingId, ...notice });
    const { kind, channel, facts } = notice;
    const same = { routingId, kind, channel, recipient, state: 'queued' };
    if ((await tx.notice.count({ where: same })) > 0)
      throw new AppError('PRECONDITION', 'It is on its way already.');
    const id = randomUUID();
    await tx.notice.create({ data: { id, organizationId, routingId, kind, channel, recipient, facts } });
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'routing.send_notice_again',
      target: `routing:${routingId}`,
      detail: { kind, to: recipient },
    });
    return { noticeId: id };
  });
}

async function readNotice(tx: DbTransaction, at: { readonly routingId: string; readonly noticeId: string }) {
  const { routingId, noticeId: id } = at;
  const row = await tx.notice.findFirst({ where: { id, routingId }, omit: { payloadSealed: true } });
  if (row === null) throw new AppError('NOT_FOUND', 'This notice does not exist.');
  const { kind, facts } = noticeSchema.parse({ kind: row.kind, facts: row.facts });
  const { channel, recipient } = row;
  return { kind, facts, channel, recipient, state: noticeStateSchema.parse(row.state) };
}

/** The webhook as it is now, which may be another than the one that was called. */
async function receiverOf(
  tx: DbTransaction,
  notice: { readonly routingId: string; readonly channel: string; readonly recipient: string },
): Promise<string> {
  if (notice.channel !== 'webhook') return notice.recipient;
  const webhook = await tx.webhook.findUnique({ where: { routingId: notice.routingId } });
  if (webhook === null)
    throw new AppError('PRECONDITION', 'The webhook was removed: there is nothing to call.');
  return new URL(webhook.url).origin;
}
