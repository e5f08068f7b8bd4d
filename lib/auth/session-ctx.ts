import { AppError } from '@/lib/domain/errors';
import type { Ctx } from '@/lib/services/context';
import { checkSession } from '@/lib/services/session/check';
import { currentSession } from './current-session';
import { webDeps } from './web-deps';

/**
 * For an answer that outlives its request's check: reads the cookie once, and asks the database again with every call
 * of what it returns, so that sign-out, demotion, revocation and an hour without a request end it. Throws
 * UNAUTHENTICATED.
 */
export async function sessionCtx(requestId: string): Promise<() => Promise<Ctx>> {
  const session = await currentSession();
  if (session === null) throw signedOut();
  const { db, sealer, allowedEndpoints, openOrigins, roleWay } = webDeps();
  const roles = roleWay === undefined ? {} : { roleWay };
  return async () => {
    const actor = await checkSession({
      ctx: { db },
      input: { sessionId: session.sessionId, isRequest: false },
    });
    if (actor === null) throw signedOut();
    return { db, sealer, allowedEndpoints, openOrigins, ...roles, requestId, actor };
  };
}

function signedOut(): AppError {
  return new AppError('UNAUTHENTICATED', 'You are not signed in any more. Reload the page to sign in.');
}
