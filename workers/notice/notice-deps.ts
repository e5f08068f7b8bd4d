import type { Logger } from '@/lib/platform/logger';
import type { Mailer } from '@/lib/platform/mailer/mailer';
import type { Outbound } from '@/lib/platform/outbound/outbound';
import type { Opener } from '@/lib/platform/secret-box/opener';
import type { Outbox } from '@/lib/services/notice/outbox';

export interface NoticeDeps {
  readonly outbox: Outbox;
  /** Null while no mail server is set: mails wait and say so. */
  readonly mailer: Mailer | null;
  readonly outbound: Outbound;
  readonly open: Opener['open'];
  /** What customers call the vendor; null when nobody has said. */
  readonly vendorName: string | null;
  /** Epoch ms by database time. */
  readonly nowMs: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
}
