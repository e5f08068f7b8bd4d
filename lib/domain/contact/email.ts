import { z } from 'zod';

const EMAIL_LENGTH_MAX = 254;

const trimmed = z.string({ error: 'Enter an e-mail address.' }).transform((email) => email.trim());
const address = z
  .email({ error: 'Enter an e-mail address like data@aurora.example.' })
  .max(EMAIL_LENGTH_MAX, 'That is too long for an e-mail address.');

/** An e-mail address of one person or list, without a display name. Its grammar has no blanks and no line breaks. */
export const emailSchema = trimmed.pipe(address);

/** Empty becomes null. */
export const optionalEmailSchema = trimmed
  .nullable()
  .transform((email) => (email === '' ? null : email))
  .pipe(address.nullable());
