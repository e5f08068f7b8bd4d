import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';

/** A session ends after so long, whatever happens. */
export const SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60;
/** A session ends after so long without a request. */
export const SESSION_IDLE_SECONDS = 60 * 60;

export const signInSchema = z.object({
  email: z
    .string({ error: 'Enter your e-mail address.' })
    .transform((email) => email.trim().toLowerCase())
    .pipe(
      z.string().min(1, 'Enter your e-mail address.').max(254, 'That is too long for an e-mail address.'),
    ),
  password: z
    .string({ error: 'Enter your password.' })
    .min(1, 'Enter your password.')
    .max(1_000, 'That is too long for a password.'),
  /** The client's network address, as far as it is known; attempts are counted by it. */
  address: z.string().max(100).default(''),
  userAgent: z
    .string()
    .transform((agent) => agent.slice(0, 300))
    .default(''),
});
export type SignInInput = z.input<typeof signInSchema>;

export const revokeSessionSchema = z.object({ sessionId: idSchema() });
export type RevokeSessionInput = z.input<typeof revokeSessionSchema>;

/** A signed-in device. Instants are RFC 3339 strings in UTC. */
export interface SessionView {
  readonly id: string;
  readonly userAgent: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
}
