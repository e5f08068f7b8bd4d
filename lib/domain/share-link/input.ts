import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { SHARE_LIFE_DAYS_MAX } from './limits';

/** 256 random bits in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const life = `A link works for 1 to ${SHARE_LIFE_DAYS_MAX} days.`;

export const createShareLinkSchema = z.object({
  routingId: idSchema('Choose a routing.'),
  lifeDays: z.coerce
    .number<number | string>(life)
    .int(life)
    .min(1, life)
    .max(SHARE_LIFE_DAYS_MAX, life)
    .default(SHARE_LIFE_DAYS_MAX),
});
export type CreateShareLinkInput = z.input<typeof createShareLinkSchema>;

/** Those of one routing, or of the whole organization. */
export const listShareLinksSchema = z.object({ routingId: idSchema().optional() });
export type ListShareLinksInput = z.input<typeof listShareLinksSchema>;

export const revokeShareLinkSchema = z.object({ routingId: idSchema(), linkId: idSchema() });
export type RevokeShareLinkInput = z.input<typeof revokeShareLinkSchema>;

/** Names a link and proves that its address was known. */
export const sharePageSchema = z.object({ linkId: idSchema(), token: z.string().regex(TOKEN) });
export type SharePageInput = z.input<typeof sharePageSchema>;

export const openShareLinkSchema = sharePageSchema.extend({
  /** The client's network address, as far as it is known; tries are counted by it. */
  address: z.string().max(100).default(''),
});
export type OpenShareLinkInput = z.input<typeof openShareLinkSchema>;
