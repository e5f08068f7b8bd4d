import { AppError } from '@/lib/domain/errors';
import { checkApiToken } from '@/lib/services/api-token/check';
import type { Ctx } from '@/lib/services/context';
import { webDeps } from './web-deps';

/** The context of an API call. Cookies do not count here. Throws UNAUTHENTICATED without a token that works. */
export async function ctxFromBearer(request: Request, requestId: string): Promise<Ctx> {
  const token = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (token === undefined) {
    throw new AppError('UNAUTHENTICATED', 'Send an API token as “Authorization: Bearer slt_…”.');
  }
  const { db, sealer, allowedEndpoints, openOrigins, roleWay } = webDeps();
  const roles = roleWay === undefined ? {} : { roleWay };
  const actor = await checkApiToken({ ctx: { db }, input: { token } });
  if (actor === null) {
    throw new AppError('UNAUTHENTICATED', 'This API token does not work: it is unknown, expired or revoked.');
  }
  return { db, sealer, allowedEndpoints, openOrigins, ...roles, requestId, actor };
}
