import { sessionCtx } from '@/lib/auth/session-ctx';
import type { Ctx } from '@/lib/services/context';
import { answerRequest } from './answer-request';

interface Call<P> {
  /** Who asks, checked anew with every call. */
  readonly ctxNow: () => Promise<Ctx>;
  readonly request: Request;
  readonly params: P;
}

/** A route of the dashboard: the session cookie only. Whoever is not signed in gets 401 instead of a page. */
export function withSession<P = object>(handle: (call: Call<P>) => Promise<Response>) {
  return (request: Request, segment: { params: Promise<P> }): Promise<Response> =>
    answerRequest(request, async (requestId) =>
      handle({ ctxNow: await sessionCtx(requestId), request, params: await segment.params }),
    );
}
