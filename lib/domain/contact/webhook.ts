import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';

const URL_LENGTH_MAX = 2_000;
const NO_ADDRESS = 'Enter an address like https://hooks.aurora.example/sluice.';

/** Where signed notices go. Whether the address may be reached is decided at every call, by what it resolves to. */
export const webhookUrlSchema = z
  .string({ error: 'Enter the address that gets the notices.' })
  .transform((url) => url.trim())
  .superRefine((url, ctx) => {
    const message = webhookUrlFault(url);
    if (message !== null) ctx.addIssue({ code: 'custom', message });
  });

/** Says what is wrong with the address of a webhook, or null. */
export function webhookUrlFault(text: string): string | null {
  if (text.length > URL_LENGTH_MAX) return 'That is too long for an address.';
  if (!URL.canParse(text)) return NO_ADDRESS;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return NO_ADDRESS;
  if (url.username !== '' || url.password !== '')
    return 'Leave user and password out of the address: every call is signed instead.';
  if (url.hash !== '') return 'Leave out what follows the #: it is never sent.';
  return null;
}

export const setWebhookSchema = z.object({ routingId: idSchema(), url: webhookUrlSchema });
export type SetWebhookInput = z.input<typeof setWebhookSchema>;

export const routingOfContactsSchema = z.object({ routingId: idSchema() });
export type RoutingOfContactsInput = z.input<typeof routingOfContactsSchema>;

/** A routing's webhook; its secret is shown once, when it is made. */
export interface WebhookView {
  readonly url: string;
  /** ISO 8601. */
  readonly createdAt: string;
}
