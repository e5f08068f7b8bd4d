import { NOT_CONFIGURED_WAIT_MS, NOTICE_AGE_MAX_MS, noticeWaitMs } from './back-off';

/** How one try ended. `cause` is a closed code in lower case. */
export type NoticeOutcome =
  | { readonly kind: 'sent' }
  /** There is no mail server yet: no try was made. */
  | { readonly kind: 'not_configured' }
  /** It may work later. */
  | { readonly kind: 'failed'; readonly cause: string }
  /** It never will. */
  | { readonly kind: 'refused'; readonly cause: string };

export type NoticeSettlement =
  | { readonly kind: 'sent' }
  | { readonly kind: 'again'; readonly waitMs: number; readonly cause: string; readonly isTry: boolean }
  | { readonly kind: 'given_up'; readonly cause: string };

/** What becomes of a notice after a try; `tries` counts this one, `random` is in [0, 1). */
export function settleNotice(
  outcome: NoticeOutcome,
  notice: { readonly tries: number; readonly ageMs: number; readonly random: number },
): NoticeSettlement {
  switch (outcome.kind) {
    case 'sent':
      return { kind: 'sent' };
    case 'refused':
      return { kind: 'given_up', cause: outcome.cause };
    case 'not_configured':
      return notice.ageMs > NOTICE_AGE_MAX_MS
        ? { kind: 'given_up', cause: 'not_configured' }
        : { kind: 'again', waitMs: NOT_CONFIGURED_WAIT_MS, cause: 'not_configured', isTry: false };
    case 'failed': {
      const waitMs = noticeWaitMs(notice.tries, notice.random);
      const { cause } = outcome;
      return waitMs === null ? { kind: 'given_up', cause } : { kind: 'again', waitMs, cause, isTry: true };
    }
  }
}
