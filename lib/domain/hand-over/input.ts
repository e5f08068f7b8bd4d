import { z } from 'zod';
import { checkStepSchema } from '@/lib/domain/access-check/step';
import { emailSchema, optionalEmailSchema } from '@/lib/domain/contact/email';
import { type AccessInput, accessInputSchema } from '@/lib/domain/destination/access-input';
import { ownerAccountSchema } from '@/lib/domain/destination/account';
import { idSchema } from '@/lib/domain/id';
import { placeInputSchema } from '@/lib/domain/routing/place-input';

/** 256 random bits in base64url. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** Whether Sluice mails the address; otherwise whoever made the link hands it over. */
const isMailed = z.boolean({ error: 'Say true or false.' }).default(false);

/** Makes the routing's one open link. Mailing it needs somebody to mail it to. */
export const createHandOverLinkSchema = z
  .object({ routingId: idSchema(), recipient: optionalEmailSchema.default(null), isMailed })
  .refine((link) => !link.isMailed || link.recipient !== null, {
    path: ['recipient'],
    message: 'Enter whom to mail the link to.',
  });
export interface CreateHandOverLinkInput {
  readonly routingId: string;
  /** An e-mail address; empty or absent for none. */
  readonly recipient?: string | null;
  readonly isMailed?: boolean;
}

export const listHandOverLinksSchema = z.object({ routingId: idSchema() });
export type ListHandOverLinksInput = z.input<typeof listHandOverLinksSchema>;

export const revokeHandOverLinkSchema = z.object({ routingId: idSchema(), linkId: idSchema() });
export type RevokeHandOverLinkInput = z.input<typeof revokeHandOverLinkSchema>;

/** What the address of a link says: its id in the path, its token in the fragment. */
export const beginHandOverSchema = z.object({
  linkId: idSchema(),
  token: z.string().regex(SECRET),
  /** The client's network address, as far as it is known; tries are counted by it. */
  address: z.string().max(100).default(''),
});
export type BeginHandOverInput = z.input<typeof beginHandOverSchema>;

/** Names a link and proves the page: `session` is what its cookie holds. */
export const handOverPageSchema = z.object({ linkId: idSchema(), session: z.string().regex(SECRET) });
export type HandOverPageInput = z.input<typeof handOverPageSchema>;

export const passOnHandOverSchema = z.object({ recipient: emailSchema, isMailed });
export type PassOnHandOverInput = z.input<typeof passOnHandOverSchema>;

/**
 * What a link's page sends besides the access itself: the version of the destination that it saw, and the AWS account
 * that owns the bucket.
 */
const handOverPlaceSchema = z.object({
  destinationVersion: z.int({ error: 'Reload the page: the version is missing.' }).min(1),
  ownerAccountId: ownerAccountSchema,
});
/** The same with the access itself, keys or a role. */
export const handOverAccessSchema = handOverPlaceSchema.and(accessInputSchema);
export type HandOverAccessInput = AccessInput & z.input<typeof handOverPlaceSchema>;

/** The place of a routing that was made without one. */
export const namePlaceSchema = placeInputSchema;
export type NamePlaceInput = z.input<typeof namePlaceSchema>;

/** A check of the link's own routing. */
export const handOverCheckSchema = z.object({ checkId: idSchema() });
export type HandOverCheckInput = z.input<typeof handOverCheckSchema>;

export const handOverCheckRowSchema = z.object({ checkId: idSchema(), step: checkStepSchema });
export type HandOverCheckRowInput = z.input<typeof handOverCheckRowSchema>;
