import { decode } from 'next-auth/jwt';
import { z } from 'zod';

const payloadSchema = z.object({ sessionId: z.guid() });

/**
 * The session id inside a session cookie, or null for none, a forged or an outdated one. Only the cookie is read:
 * next-auth's own getToken would take the same token as a bearer too, past the Origin check.
 */
export async function readSessionToken(cookie: string | undefined, secret: string): Promise<string | null> {
  if (cookie === undefined || cookie === '') return null;
  try {
    const payload = payloadSchema.safeParse(await decode({ token: cookie, secret }));
    return payload.success ? payload.data.sessionId : null;
  } catch {
    // Whatever cannot be decrypted was not made here; there is nothing to tell but "sign in".
    return null;
  }
}
