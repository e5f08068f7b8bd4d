import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { Ctx } from '@/lib/services/context';
import { currentSession } from './current-session';
import { PATH_HEADER, REQUEST_ID_HEADER } from './request-headers';
import { webDeps } from './web-deps';

/** The context of a page or server action; whoever is not signed in is sent to /sign-in and back afterwards. */
export async function requireCtx(): Promise<Ctx> {
  const given = await headers();
  const session = await currentSession();
  if (session === null) {
    const path = given.get(PATH_HEADER) ?? '/';
    redirect(path === '/' ? '/sign-in' : `/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  }
  const { db, sealer, allowedEndpoints, openOrigins, roleWay } = webDeps();
  const roles = roleWay === undefined ? {} : { roleWay };
  const requestId = given.get(REQUEST_ID_HEADER) ?? randomUUID();
  return { db, sealer, allowedEndpoints, openOrigins, ...roles, requestId, actor: session.actor };
}
