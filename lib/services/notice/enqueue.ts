import { randomUUID } from 'node:crypto';
import { type Notice, noticeSchema } from '@/lib/domain/notice/notice';
import type { DbTransaction } from '@/lib/platform/db/client';
import { noticeAad } from '@/lib/platform/secret-box/notice-aad';
import type { Sealer } from '@/lib/platform/secret-box/sealer';

export interface NewNotice {
  readonly organizationId: string;
  readonly routingId: string;
  readonly notice: Notice;
  /** E-mail addresses; each gets a mail of its own, and one that is named twice gets one. */
  readonly to: readonly string[];
  /** A secret that the text needs, as the address of a hand-over link: sealed here, erased once it is sent. */
  readonly secret?: { readonly sealer: Sealer; readonly text: string };
}

/**
 * Notes mails for a worker to send, in the transaction of what they tell. Returns how many. Whether a mail server is
 * set does not matter here: what cannot be sent yet waits and is shown.
 */
export async function enqueueNotice(tx: DbTransaction, given: NewNotice): Promise<number> {
  const { organizationId, routingId, to, secret } = given;
  const { kind, facts } = noticeSchema.parse(given.notice);
  const receivers = [...new Map(to.map((email) => [email.toLowerCase(), email])).values()];
  for (const recipient of receivers) {
    const id = randomUUID();
    const aad = noticeAad({ organizationId, routingId, noticeId: id });
    const sealed = secret === undefined ? null : await secret.sealer.seal(secret.text, aad);
    await tx.notice.create({
      data: {
        ...{ id, organizationId, routingId, kind, channel: 'mail', recipient, facts },
        payloadSealed: sealed === null ? null : new Uint8Array(sealed),
      },
    });
  }
  return receivers.length;
}
