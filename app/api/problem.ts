import { AppError, type AppErrorCode } from '@/lib/domain/errors';
import type { Logger } from '@/lib/platform/logger';

const STATUS: Readonly<Record<AppErrorCode, number>> = {
  VALIDATION: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PRECONDITION: 409,
  LIMIT: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

const TITLE: Readonly<Record<AppErrorCode, string>> = {
  VALIDATION: 'The input is not complete or not right',
  UNAUTHENTICATED: 'Not signed in',
  FORBIDDEN: 'Not allowed',
  NOT_FOUND: 'Not found',
  CONFLICT: 'It has changed meanwhile, or is so already',
  PRECONDITION: 'Not possible in the present state',
  LIMIT: 'Too many requests',
  UNAVAILABLE: 'Not available just now',
  INTERNAL: 'Our fault',
};

/** RFC 9457. Any error becomes its one answer here; what we do not know is logged and told in general words only. */
export function toProblem(
  error: unknown,
  { requestId, logger }: { requestId: string; logger: Logger },
): Response {
  const known = error instanceof AppError && error.code !== 'INTERNAL' ? error : null;
  if (known === null) logger.error({ err: error, requestId }, 'request failed');
  const code = known?.code ?? 'INTERNAL';
  const body = {
    type: `urn:sluice:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: TITLE[code],
    status: STATUS[code],
    detail: known?.message ?? `We could not do this. Tell us the request id ${requestId}.`,
    code,
    requestId,
    ...(known !== null && known.issues.length > 0 ? { issues: known.issues } : {}),
  };
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  });
  if (known?.retryAfterSeconds) headers.set('retry-after', String(known.retryAfterSeconds));
  if (code === 'UNAUTHENTICATED') headers.set('www-authenticate', 'Bearer');
  return new Response(JSON.stringify(body), { status: STATUS[code], headers });
}
