import { sessionCtx } from '@/lib/auth/session-ctx';
import { recordingRefusals } from '@/lib/services/audit/record-refusal';
import type { Ctx } from '@/lib/services/context';
import { answerRequest } from './answer-request';
import { askedOf } from './asked-of';

interface Call<P> {
  /** Who asks, checked anew with every call. */
  readonly ctxNow: () => Promise<Ctx>;
  readonly request: Request;
  readonly params: P;
}

/** A route of the dashboard: the session cookie only. Whoever is not signed in gets 401 instead of a page. */
export function withSession<P = object>(handle: (call: Call<P>) => Promise<Response>) {
  return (request: Request, segment: { params: Promise<P> }): Promise<Response> =>
    answerRequest(request, async (requestId) => {
      const ctxNow = await sessionCtx(requestId);
      const ctx = await ctxNow();
      const params = await segment.params;
      return recordingRefusals(ctx, askedOf(request), () => handle({ ctxNow, request, params }));
    });
}
