import type { NoticeKind } from '@/lib/domain/notice/notice';
import type { NoticeView } from '@/lib/domain/notice/view';

/** What a receiver is told, to follow "Told data@… ". */
export const NOTICE_NEWS: Readonly<Record<NoticeKind, string>> = {
  hand_over_link: 'the hand-over link',
  hand_over_declined: 'that the link was not expected',
  access_submitted: 'that access was handed over',
  live: 'that the first file has arrived',
};

const CAUSES: Readonly<Record<string, string>> = {
  not_configured: 'no mail server is set up',
  recipient_refused: 'the mail server refuses this address',
  server_refused: 'our mail server did not take it',
  unreachable: 'there was no connection',
  timed_out: 'there was no answer in time',
  unresolved: 'the name of the address does not resolve',
  forbidden_address: 'the address is not one of the public Internet over HTTPS',
  receiver_gone: 'the receiver says that it is gone',
  routing_ended: 'the routing has ended',
  webhook_removed: 'the webhook was removed',
  secret_unreadable: 'a worker lacks the key that opens its secret',
  unwritten: 'it could not be written; our logs say why',
};

/** Why a notice has not left, as a sentence; null when it has, or nothing was tried yet. */
export function noticeWhy({
  state,
  cause,
  tries,
}: Pick<NoticeView, 'state' | 'cause' | 'tries'>): string | null {
  if (state === 'sent' || cause === null) return null;
  const words = causeWords(cause);
  const tried = tries === 0 ? '' : ` (${tries === 1 ? 'one try' : `${tries} tries`})`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${tried}.`;
}

function causeWords(cause: string): string {
  const answered = /^answered_(\d+)$/.exec(cause);
  if (answered !== null) return `the receiver answered ${answered[1]}`;
  return CAUSES[cause] ?? cause;
}
