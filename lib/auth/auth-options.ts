import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { SESSION_ABSOLUTE_SECONDS } from '@/lib/domain/access/session';
import { checkSession } from '@/lib/services/session/check';
import { revokeSession } from '@/lib/services/session/revoke';
import { authorize } from './authorize';
import { type WebDeps, webDeps } from './web-deps';

declare module 'next-auth' {
  interface User {
    sessionId: string;
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    sessionId?: string;
  }
}

/** next-auth with passwords, and a session row behind every token; the token carries nothing but the row's id. */
export function authOptions(): NextAuthOptions {
  const deps = webDeps();
  return {
    secret: deps.sessionSecret,
    session: { strategy: 'jwt', maxAge: SESSION_ABSOLUTE_SECONDS },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    cookies: cookieOptions(deps),
    useSecureCookies: deps.address.isSecure,
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: (credentials, request) => authorize(deps, credentials, request.headers ?? {}),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({ sessionId: user?.sessionId ?? token.sessionId }),
      session: async ({ session, token }) => {
        const actor = await findActor(deps, token.sessionId);
        if (actor === null) return { expires: session.expires };
        return { expires: session.expires, user: { name: actor.name, email: actor.email } };
      },
    },
    events: {
      // next-auth only drops the cookie; a copy of it must stop working too.
      signOut: async ({ token }) => {
        const actor = await findActor(deps, token?.sessionId);
        if (actor === null || token.sessionId === undefined) return;
        await revokeSession({ ctx: { db: deps.db, actor }, input: { sessionId: token.sessionId } });
      },
    },
    logger: {
      error: (code, cause) => deps.logger.error({ code, err: cause }, 'next-auth failed'),
      warn: (code) => deps.logger.warn({ code }, 'next-auth warned'),
      debug: () => undefined,
    },
  };
}

function cookieOptions({ address }: WebDeps): NextAuthOptions['cookies'] {
  const options = { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: address.isSecure };
  return {
    sessionToken: { name: address.cookies.session, options },
    csrfToken: { name: address.cookies.csrf, options },
    callbackUrl: { name: address.cookies.callback, options },
  };
}

async function findActor({ db }: WebDeps, sessionId: string | undefined) {
  return sessionId === undefined ? null : checkSession({ ctx: { db }, input: { sessionId } });
}
