import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import type { NoticeView } from './view';

export const sendNoticeAgainSchema = z.object({ routingId: idSchema(), noticeId: idSchema() });
export type SendNoticeAgainInput = z.input<typeof sendNoticeAgainSchema>;

/** Why a notice cannot be sent again, as a sentence; null when it can. */
export function againstSendingAgain(notice: Pick<NoticeView, 'kind' | 'state'>): string | null {
  if (notice.state === 'queued') return 'It has not left yet, and will be tried by itself.';
  // The address of a link was erased when the mail had gone: nobody can read it any more, and neither can we.
  if (notice.kind === 'hand_over_link')
    return 'The link was erased when its mail had left. Make a new link instead.';
  return null;
}
