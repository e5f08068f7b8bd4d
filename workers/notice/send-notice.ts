import { type Notice, noticeSchema } from '@/lib/domain/notice/notice';
import { noticeMail } from '@/lib/domain/notice/notice-mail';
import type { NoticeOutcome } from '@/lib/domain/notice/settle-notice';
import { webhookBody } from '@/lib/domain/notice/webhook-body';
import { MailError } from '@/lib/platform/mailer/mail-error';
import { OutboundError } from '@/lib/platform/outbound/outbound-error';
import { webhookHeaders } from '@/lib/platform/outbound/webhook-signature';
import { SecretBoxError } from '@/lib/platform/secret-box/envelope';
import { noticeAad, webhookAad } from '@/lib/platform/secret-box/notice-aad';
import type { ClaimedNotice } from '@/lib/services/notice/claimed-notice';
import type { NoticeDeps } from './notice-deps';

const WEBHOOK_DEADLINE_MS = 15_000;
const GONE = 410;

/** Sends one notice, once; every failure becomes an outcome with a closed cause. Throws for what is a fault of ours. */
export async function sendNotice(deps: NoticeDeps, claimed: ClaimedNotice): Promise<NoticeOutcome> {
  const notice = noticeSchema.parse({ kind: claimed.kind, facts: claimed.facts });
  try {
    return claimed.channel === 'mail'
      ? await sendMail(deps, claimed, notice)
      : await callWebhook(deps, claimed, notice);
  } catch (error) {
    if (error instanceof MailError && error.code === 'RECIPIENT_REFUSED')
      return { kind: 'refused', cause: 'recipient_refused' };
    if (error instanceof MailError || error instanceof OutboundError)
      return { kind: 'failed', cause: error.code.toLowerCase() };
    if (error instanceof SecretBoxError) return { kind: 'failed', cause: 'secret_unreadable' };
    throw error;
  }
}

async function sendMail(deps: NoticeDeps, claimed: ClaimedNotice, notice: Notice): Promise<NoticeOutcome> {
  const { id, recipient, payloadSealed } = claimed;
  if (deps.mailer === null) return { kind: 'not_configured' };
  const aad = noticeAad({ ...claimed, noticeId: id });
  const secret = payloadSealed === null ? null : await deps.open(payloadSealed, aad);
  await deps.mailer.send({ id, to: recipient, ...noticeMail(notice, { ...deps, secret }) });
  return { kind: 'sent' };
}

async function callWebhook(deps: NoticeDeps, claimed: ClaimedNotice, notice: Notice): Promise<NoticeOutcome> {
  const { id, webhook } = claimed;
  if (webhook === null) return { kind: 'refused', cause: 'webhook_removed' };
  const secret = await deps.open(webhook.secretSealed, webhookAad({ ...claimed, webhookId: webhook.id }));
  const body = webhookBody(notice, claimed);
  const { status } = await deps.outbound.post({
    url: webhook.url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Sluice-Webhook/1',
      ...webhookHeaders(secret, { id, sentAtMs: deps.nowMs(), body }),
    },
    body,
    deadlineMs: WEBHOOK_DEADLINE_MS,
  });
  if (status >= 200 && status < 300) return { kind: 'sent' };
  return status === GONE
    ? { kind: 'refused', cause: 'receiver_gone' }
    : { kind: 'failed', cause: `answered_${status}` };
}
