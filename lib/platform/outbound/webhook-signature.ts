import { createHmac, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const SECRET_PREFIX = 'whsec_';

/** A new secret in the spelling of Standard Webhooks: `whsec_` and 32 random bytes in base64. */
export function generateWebhookSecret(): string {
  return `${SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/**
 * The headers by which a receiver knows a call as ours (Standard Webhooks 1.0.0): HMAC-SHA256 over
 * `id.timestamp.body`. `sentAtMs` is epoch ms; receivers refuse what is minutes old. `id` is the same at every try.
 */
export function webhookHeaders(
  secret: string,
  call: { readonly id: string; readonly sentAtMs: number; readonly body: string },
): Record<string, string> {
  const timestamp = Math.floor(call.sentAtMs / 1_000);
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${call.id}.${timestamp}.${call.body}`).digest('base64');
  return {
    'webhook-id': call.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}
