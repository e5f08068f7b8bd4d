import { answerRequest } from '@/app/api/answer-request';
import { askedOf } from '@/app/api/asked-of';
import { ctxFromBearer } from '@/lib/auth/bearer';
import { recordingRefusals } from '@/lib/services/audit/record-refusal';
import type { Ctx } from '@/lib/services/context';

interface Call<P> {
  readonly ctx: Ctx;
  readonly request: Request;
  readonly params: P;
}

/** A route of /api/v1: bearer tokens only. */
export function withBearer<P = object>(handle: (call: Call<P>) => Promise<Response>) {
  return (request: Request, segment: { params: Promise<P> }): Promise<Response> =>
    answerRequest(request, async (requestId) => {
      const ctx = await ctxFromBearer(request, requestId);
      const params = await segment.params;
      return recordingRefusals(ctx, askedOf(request), () => handle({ ctx, request, params }));
    });
}

/** A JSON answer that no cache keeps. */
export function answer(ctx: Pick<Ctx, 'requestId'>, body: unknown, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  headers.set('cache-control', 'no-store');
  headers.set('x-request-id', ctx.requestId);
  return Response.json(body, { ...init, headers });
}
