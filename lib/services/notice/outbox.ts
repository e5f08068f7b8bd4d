import type { NoticeSettlement } from '@/lib/domain/notice/settle-notice';
import type { Sql } from '@/lib/platform/sql';
import { claimNotices } from './claim';
import type { ClaimedNotice } from './claimed-notice';
import { recordSettlement } from './settle';

/** The outbox as a worker sees it. */
export interface Outbox {
  /** At most `limit` notices that are due, each leased to the caller: one that dies is followed when it has run out. */
  claim(limit: number): Promise<readonly ClaimedNotice[]>;
  settle(notice: Pick<ClaimedNotice, 'id' | 'tries'>, settlement: NoticeSettlement): Promise<void>;
}

/** `leaseMs` must be longer than a try can take. */
export function createOutbox(sql: Sql, options: { readonly leaseMs: number }): Outbox {
  return {
    claim: (limit) => claimNotices(sql, { limit, leaseMs: options.leaseMs }),
    settle: (notice, settlement) => recordSettlement(sql, notice, settlement),
  };
}
