import type { NoticeChannel } from '@/lib/domain/notice/notice';

/** A notice that this worker shall send now. */
export interface ClaimedNotice {
  readonly id: string;
  readonly organizationId: string;
  readonly routingId: string;
  readonly kind: string;
  readonly channel: NoticeChannel;
  readonly recipient: string;
  readonly facts: unknown;
  readonly payloadSealed: Buffer | null;
  /** This one included. */
  readonly tries: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly ageMs: number;
  /** Of the routing as it is now; null when it has none, or for a mail. */
  readonly webhook: { readonly id: string; readonly url: string; readonly secretSealed: Buffer } | null;
}
