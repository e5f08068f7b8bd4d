import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';

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

/** Makes the routing's one open link. Mailing needs somebody to mail to. */
export const createHandOverLinkSchema = z
  .object({
    routingId: idSchema(),
    recipient: optionalEmail,
    /** Whether Sluice mails the address; otherwise whoever made it hands it over. */
    isMailed: z.boolean({ error: 'Say true or false.' }).default(false),
  })
  .refine(({ recipient, isMailed }) => !isMailed || recipient !== null, {
    path: ['recipient'],
    message: 'Enter whom to mail the link to.',
  });
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

export const passOnHandOverSchema = z.object({
  recipient: requiredEmail,
  isMailed: z.boolean({ error: 'Say true or false.' }).default(false),
});
export type PassOnHandOverInput = z.input<typeof passOnHandOverSchema>;
