import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@/lib/platform/logger';
import { answerCall, type CallDeps } from './answer-call';
import { type Call, findCall } from './calls';
import { CollectionError, overloaded, toCollectionError } from './collection-error';
import { corsHeaders, preflightHeaders } from './cors';
import { ClientGoneError } from './read-body';
import { type Exchange, sendAnswer, sendEmpty, sendError } from './send';

export interface HandlerDeps extends CallDeps {
  readonly logger: Logger;
  readonly isReady: () => boolean;
  readonly isDraining: () => boolean;
}

/** Answers one request. Never rejects; the query, and with it `k`, never reaches the log. */
export async function handleRequest(
  deps: HandlerDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '', search = ''] = (request.url ?? '').split('?', 2);
  const call = findCall(path);
  const exchange: Exchange = {
    request,
    response,
    requestId: randomUUID(),
    headers: {
      ...(call === null || call.serverOnly ? {} : corsHeaders(request.headers)),
      ...(call === null || call.method === request.method ? {} : { allow: call.method }),
    },
    isDraining: deps.isDraining,
  };
  try {
    if (path === '/healthz') return sendEmpty(exchange, 200);
    if (path === '/readyz') return sendEmpty(exchange, deps.isReady() ? 200 : 503);
    if (call === null) throw new CollectionError(404, 'not_found', { message: 'There is no such call.' });
    if (request.method === 'OPTIONS' && !call.serverOnly)
      return sendEmpty({ ...exchange, headers: preflightHeaders(request.headers) }, 204);
    checkMethod(call, exchange);
    if (deps.isDraining()) throw overloaded('This collector is stopping.');
    sendAnswer(exchange, await answerCall(deps, { call, request, query: new URLSearchParams(search) }));
  } catch (error) {
    fail(deps, exchange, { call, error });
  }
}

function checkMethod(call: Call, exchange: Exchange): void {
  if (exchange.request.method === call.method) return;
  throw new CollectionError(405, 'method_not_allowed', {
    message: 'This call has another method.',
    reason: `Use ${call.method}.`,
  });
}

function fail(deps: HandlerDeps, exchange: Exchange, failed: { call: Call | null; error: unknown }): void {
  if (failed.error instanceof ClientGoneError) return;
  const error = toCollectionError(failed.error);
  if (error.httpStatus >= 500) {
    const about = { requestId: exchange.requestId, call: failed.call?.name, status: error.httpStatus };
    deps.logger[error.httpStatus === 500 ? 'error' : 'warn'](
      { ...about, reason: error.reason, err: error.cause },
      'a collection request failed',
    );
  }
  sendError(exchange, error);
}
