import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { accessFields } from '@/lib/domain/routing/fields';

const EMAIL_LENGTH_MAX = 254;
/** 256 random bits in base64url. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

const emailText = z.string({ error: 'Enter an e-mail address.' }).transform((email) => email.trim());
const emailRules = z
  .email({ error: 'Enter an e-mail address like iam@aurora.example.' })
  .max(EMAIL_LENGTH_MAX, 'That is too long for an e-mail address.');
const requiredEmail = emailText.pipe(emailRules);
/** Empty becomes null. */
const optionalEmail = emailText
  .optional()
  .transform((email) => (email === undefined || email === '' ? null : email))
  .pipe(emailRules.nullable());

/** Makes the routing's one open link. */
export const createHandOverLinkSchema = z.object({ routingId: idSchema(), recipient: optionalEmail });
export type CreateHandOverLinkInput = z.input<typeof createHandOverLinkSchema>;

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

export const passOnHandOverSchema = z.object({ recipient: requiredEmail });
export type PassOnHandOverInput = z.input<typeof passOnHandOverSchema>;

/** Says what is wrong with an AWS account number, or null. */
function accountFault(account: string): string | null {
  return account === '' || /^\d{12}$/.test(account)
    ? null
    : 'An AWS account number has 12 digits. You find it at AWS under your name, at the top right.';
}

/**
 * What a link's page sends besides the access itself: the version of the destination that it saw, and the AWS account
 * that owns the bucket, written with or without spaces and hyphens. An empty account stays unnamed.
 */
export const handOverAccessSchema = z.object({
  destinationVersion: z.int({ error: 'Reload the page: the version is missing.' }).min(1),
  ownerAccountId: z
    .string()
    .default('')
    .transform((account) => account.replace(/[\s-]/g, ''))
    .superRefine((account, ctx) => {
      const message = accountFault(account);
      if (message !== null) ctx.addIssue({ code: 'custom', message });
    })
    .transform((account) => (account === '' ? null : account)),
  ...accessFields,
});
export type HandOverAccessInput = z.input<typeof handOverAccessSchema>;
