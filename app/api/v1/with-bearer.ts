import { answerRequest } from '@/app/api/answer-request';
import { ctxFromBearer } from '@/lib/auth/bearer';
import type { Ctx } from '@/lib/services/context';

interface Call<P> {
  readonly ctx: Ctx;
  readonly request: Request;
  readonly params: P;
}

/** A route of /api/v1: bearer tokens only. */
export function withBearer<P = object>(handle: (call: Call<P>) => Promise<Response>) {
  return (request: Request, segment: { params: Promise<P> }): Promise<Response> =>
    answerRequest(request, async (requestId) =>
      handle({ ctx: await ctxFromBearer(request, requestId), request, params: await segment.params }),
    );
}

/** A JSON answer that no cache keeps. */
export function answer(ctx: Pick<Ctx, 'requestId'>, body: unknown, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  headers.set('cache-control', 'no-store');
  headers.set('x-request-id', ctx.requestId);
  return Response.json(body, { ...init, headers });
}
