import { cookies } from 'next/headers';
import { cache } from 'react';
import type { Actor } from '@/lib/domain/access/actor';
import { checkSession } from '@/lib/services/session/check';
import { readSessionToken } from './session-token';
import { webDeps } from './web-deps';

interface CurrentSession {
  readonly sessionId: string;
  readonly actor: Actor;
}

/** Who is signed in, looked up in the database; null for nobody. One look-up serves a whole render. */
export const currentSession = cache(async (): Promise<CurrentSession | null> => {
  const { db, address, sessionSecret } = webDeps();
  const cookie = (await cookies()).get(address.cookies.session)?.value;
  const sessionId = await readSessionToken(cookie, sessionSecret);
  if (sessionId === null) return null;
  const actor = await checkSession({ ctx: { db }, input: { sessionId } });
  return actor === null ? null : { sessionId, actor };
});
