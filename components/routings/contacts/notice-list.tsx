import type { ActionResult } from '@/components/forms/action-result';
import { ExactTime } from '@/components/time/exact-time';
import { Badge } from '@/components/ui/badge';
import { againstSendingAgain } from '@/lib/domain/notice/send-again';
import type { NoticeView } from '@/lib/domain/notice/view';
import { NOTICE_NEWS, noticeWhy } from './notice-words';
import { SendAgainButton } from './send-again-button';

interface NoticeListProps {
  /** Newest first. */
  readonly notices: readonly NoticeView[];
  readonly now: Date;
  /** Absent for readers who may not, and where nobody is told any more. */
  readonly sendAgain?: ((noticeId: string) => Promise<ActionResult>) | undefined;
}

const BADGES = {
  sent: { tone: 'good', word: 'Sent' },
  queued: { tone: 'neutral', word: 'Waiting' },
  given_up: { tone: 'bad', word: 'Given up' },
} as const;

/** Who was told what, when, and whether it has left. */
export function NoticeList({ notices, now, sendAgain }: NoticeListProps) {
  if (notices.length === 0) {
    return (
      <p className="rounded-card border border-border bg-surface p-4 text-muted sm:p-6">
        Nobody has been told anything yet. The contacts stand in the settings.
      </p>
    );
  }
  return (
    <ul className="divide-y divide-border rounded-card border border-border bg-surface">
      {notices.map((notice) => (
        <li key={notice.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 sm:px-6">
          <span className="min-w-0 break-words">
            {notice.state === 'sent' ? 'Told ' : 'To tell '}
            <span className="break-all font-medium">{notice.to}</span> {NOTICE_NEWS[notice.kind]}
          </span>
          <span className="text-muted text-sm">
            <ExactTime at={new Date(notice.sentAt ?? notice.createdAt)} now={now} />
          </span>
          <Badge tone={BADGES[notice.state].tone}>{BADGES[notice.state].word}</Badge>
          {sendAgain === undefined || againstSendingAgain(notice) !== null ? null : (
            <SendAgainButton to={notice.to} action={sendAgain.bind(null, notice.id)} />
          )}
          <NoticeWhy notice={notice} />
        </li>
      ))}
    </ul>
  );
}

function NoticeWhy({ notice }: { readonly notice: NoticeView }) {
  const why = noticeWhy(notice);
  return why === null ? null : <p className="w-full break-words text-muted text-sm">{why}</p>;
}
