import { type NoticeOutcome, settleNotice } from '@/lib/domain/notice/settle-notice';
import type { ClaimedNotice } from '@/lib/services/notice/claimed-notice';
import type { NoticeDeps } from './notice-deps';
import { sendNotice } from './send-notice';

/**
 * Sends at most `limit` notices that are due, all at once, and records how each ended; returns how many there were. A
 * worker that dies between the two sends again under the same id.
 */
export async function sendRound(deps: NoticeDeps, limit: number): Promise<number> {
  const claimed = await deps.outbox.claim(limit);
  const ends = await Promise.allSettled(claimed.map((notice) => sendOne(deps, notice)));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return claimed.length;
}

async function sendOne(deps: NoticeDeps, notice: ClaimedNotice): Promise<void> {
  const outcome = await tryToSend(deps, notice);
  const settlement = settleNotice(outcome, { ...notice, random: deps.random() });
  await deps.outbox.settle(notice, settlement);
  const { id, kind, channel, routingId, tries } = notice;
  if (settlement.kind === 'given_up')
    deps.logger.error({ id, kind, channel, routingId, tries, cause: settlement.cause }, 'Gave a notice up');
}

async function tryToSend(deps: NoticeDeps, notice: ClaimedNotice): Promise<NoticeOutcome> {
  try {
    return await sendNotice(deps, notice);
  } catch (err) {
    deps.logger.error({ err, id: notice.id }, 'A notice could not be written');
    return { kind: 'failed', cause: 'unwritten' };
  }
}
