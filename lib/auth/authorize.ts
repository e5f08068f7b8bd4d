import { AppError } from '@/lib/domain/errors';
import { signIn } from '@/lib/services/session/sign-in';
import { clientAddress } from './client-address';
import type { WebDeps } from './web-deps';

interface AuthorizedUser {
  readonly id: string;
  readonly sessionId: string;
}

/**
 * What next-auth asks when somebody signs in. Null for a wrong password; a thrown message reaches the sign-in page
 * as it is, so only sentences made for people are thrown.
 */
export async function authorize(
  deps: Pick<WebDeps, 'db' | 'logger'>,
  credentials: Partial<Record<'email' | 'password', string>> | undefined,
  headers: Readonly<Record<string, string | undefined>>,
): Promise<AuthorizedUser | null> {
  try {
    const { sessionId, actor } = await signIn({
      ctx: { db: deps.db },
      input: {
        email: credentials?.email ?? '',
        password: credentials?.password ?? '',
        address: clientAddress(headers['x-forwarded-for']),
        userAgent: headers['user-agent'] ?? '',
      },
    });
    return { id: actor.userId, sessionId };
  } catch (error) {
    if (error instanceof AppError && error.code === 'LIMIT') throw new Error(error.message);
    if (error instanceof AppError) return null;
    deps.logger.error({ err: error }, 'signing in failed');
    throw new Error('We could not sign you in just now. Try again in a minute.');
  }
}
