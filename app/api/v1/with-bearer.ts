import { randomUUID } from 'node:crypto';
import { toProblem } from '@/app/api/problem';
import { ctxFromBearer } from '@/lib/auth/bearer';
import { REQUEST_ID_HEADER } from '@/lib/auth/request-headers';
import { webDeps } from '@/lib/auth/web-deps';
import type { Ctx } from '@/lib/services/context';

interface Call<P> {
  readonly ctx: Ctx;
  readonly request: Request;
  readonly params: P;
}

/** A route of /api/v1: bearer tokens only, one place where errors become answers. */
export function withBearer<P = object>(handle: (call: Call<P>) => Promise<Response>) {
  return async (request: Request, segment: { params: Promise<P> }): Promise<Response> => {
    const { logger } = webDeps();
    const requestId = request.headers.get(REQUEST_ID_HEADER) ?? randomUUID();
    try {
      const ctx = { ...(await ctxFromBearer(request)), requestId };
      return await handle({ ctx, request, params: await segment.params });
    } catch (error) {
      return toProblem(error, { requestId, logger });
    }
  };
}

/** A JSON answer that no cache keeps. */
export function answer(ctx: Pick<Ctx, 'requestId'>, body: unknown, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  headers.set('cache-control', 'no-store');
  headers.set('x-request-id', ctx.requestId);
  return Response.json(body, { ...init, headers });
}
