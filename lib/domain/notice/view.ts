import type { NoticeChannel, NoticeKind, NoticeState } from './notice';

/** One thing that one receiver was told, or is about to be. */
export interface NoticeView {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly channel: NoticeChannel;
  /** The address of a person, or the origin of a webhook. */
  readonly to: string;
  readonly state: NoticeState;
  readonly tries: number;
  /** Why the last try failed, as a closed code; null when it did not. */
  readonly cause: string | null;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601; null until it was sent. */
  readonly sentAt: string | null;
  /** ISO 8601; null when there is no further try. */
  readonly nextTryAt: string | null;
}
