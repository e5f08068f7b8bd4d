import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { emailSchema, optionalEmailSchema } from './email';

/** `aws_admin`: who gives access at AWS. `live`: who is told that the first file has arrived. */
export const contactRoleSchema = z.enum(['aws_admin', 'live']);
export type ContactRole = z.infer<typeof contactRoleSchema>;

export const LIVE_CONTACTS_MAX = 10;

/** Several addresses as people type them: parted by commas, semicolons, blanks or lines. */
export function parseEmails(text: string): string[] {
  return text.split(/[\s,;]+/).filter((email) => email !== '');
}

/** Whom a routing's customer wants to be told. An empty address is none; every address is kept once. */
export const contactsSchema = z.object({
  awsAdmin: optionalEmailSchema.default(null),
  live: z
    .array(emailSchema)
    .max(LIVE_CONTACTS_MAX, `At most ${LIVE_CONTACTS_MAX} people can be told.`)
    .transform((emails) => uniqueEmails(emails))
    .default([]),
});
export type Contacts = z.output<typeof contactsSchema>;

export const setContactsSchema = z.object({ routingId: idSchema(), ...contactsSchema.shape });
export type SetContactsInput = z.input<typeof setContactsSchema>;

/** Mailboxes differ by more than case nowhere in practice: the first spelling of an address stays. */
function uniqueEmails(emails: readonly string[]): string[] {
  const seen = new Set<string>();
  return emails.filter((email) => {
    const mailbox = email.toLowerCase();
    if (seen.has(mailbox)) return false;
    seen.add(mailbox);
    return true;
  });
}
