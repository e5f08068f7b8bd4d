import { randomUUID } from 'node:crypto';
import { type SetWebhookInput, setWebhookSchema, type WebhookView } from '@/lib/domain/contact/webhook';
import { AppError } from '@/lib/domain/errors';
import { parseInput } from '@/lib/domain/parse-input';
import { hasEnded } from '@/lib/domain/routing/transition';
import { withTransaction } from '@/lib/platform/db/transaction';
import { namesPrivateAddress } from '@/lib/platform/outbound/resolve-target';
import { generateWebhookSecret } from '@/lib/platform/outbound/webhook-signature';
import { webhookAad } from '@/lib/platform/secret-box/notice-aad';
import { emitAudit } from '@/lib/services/audit/emit';
import type { Ctx } from '@/lib/services/context';
import { requirePermission } from '@/lib/services/guard';
import { lockRouting } from '@/lib/services/routing/lock';

interface WebhookMade {
  readonly webhook: WebhookView;
  /** Signs every call (Standard Webhooks): shown this once, and sealed to the workers. */
  readonly secret: string;
}

/**
 * Makes the routing's webhook with a new secret, in the place of one that was there. An address
 * in the open is refused here; whether a name points inside is decided at every call. Throws FORBIDDEN, VALIDATION, NOT_FOUND, PRECONDITION.
 */
export async function setWebhook(given: { ctx: Ctx; input: SetWebhookInput }): Promise<WebhookMade> {
  const { ctx } = given;
  requirePermission(ctx, 'contact.manage');
  const { routingId, url } = parseInput(setWebhookSchema, given.input);
  requireReachable(url, ctx.openOrigins ?? []);
  const secret = generateWebhookSecret();
  return withTransaction(ctx.db, async (tx) => {
    const { organizationId, lifecycle } = await lockRouting(tx, ctx, routingId);
    if (hasEnded(lifecycle))
      throw new AppError('PRECONDITION', 'This routing has ended: nothing is told any more.');
    const id = randomUUID();
    const place = { organizationId, routingId, webhookId: id };
    const sealed = await ctx.sealer.seal(secret, webhookAad(place));
    await tx.webhook.deleteMany({ where: { routingId } });
    const data = { id, organizationId, routingId, url, secretSealed: new Uint8Array(sealed) };
    const { createdAt } = await tx.webhook.create({ data });
    await emitAudit(tx, {
      actor: ctx.actor,
      organizationId,
      action: 'routing.set_webhook',
      target: `routing:${routingId}`,
      detail: { origin: new URL(url).origin },
    });
    return { webhook: { url, createdAt: createdAt.toISOString() }, secret };
  });
}

/** The secret signs the call and encrypts nothing: over HTTP everybody on the way could read it. */
function requireReachable(text: string, openOrigins: readonly string[]): void {
  const url = new URL(text);
  if (openOrigins.includes(url.origin)) return;
  if (url.protocol !== 'https:')
    throw refused('Use an address that begins with https://: what is told is not for everybody.');
  if (namesPrivateAddress(url))
    throw refused('Use an address of the public Internet: this one lies inside a private network.');
}

function refused(message: string): AppError {
  return new AppError('VALIDATION', 'Some fields need your attention.', {
    issues: [{ field: 'url', message }],
  });
}
