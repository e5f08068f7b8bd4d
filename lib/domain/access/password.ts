import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';

export const PASSWORD_LENGTH_MIN = 12;
const PASSWORD_LENGTH_MAX = 1_000;

/** The rules that need no look at who asks. Any sign counts, spaces too; no rule on kinds of signs. */
export const changePasswordSchema = z
  .object({
    currentPassword: z
      .string({ error: 'Enter your current password.' })
      .min(1, 'Enter your current password.')
      .max(PASSWORD_LENGTH_MAX, 'That is too long for a password.'),
    newPassword: z
      .string({ error: 'Enter a new password.' })
      .min(PASSWORD_LENGTH_MIN, `A password has at least ${PASSWORD_LENGTH_MIN} characters.`)
      .max(PASSWORD_LENGTH_MAX, `A password has at most ${PASSWORD_LENGTH_MAX} characters.`),
    /** The session that goes on; every other one of this person ends. */
    sessionId: idSchema(),
  })
  .refine(({ currentPassword, newPassword }) => currentPassword !== newPassword, {
    path: ['newPassword'],
    message: 'This is your current password. Choose another one.',
  });
export type ChangePasswordInput = z.input<typeof changePasswordSchema>;

/** Whether a password is the person's own address, or all but: the first thing that somebody else would try. */
export function isLikeEmail(password: string, email: string): boolean {
  const bare = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  return bare(password) === bare(email);
}
