import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type CollectionError, errorObject } from './collection-error';
import type { Answer } from './prepared';

/** One exchange, as far as its answer is concerned. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly headers: OutgoingHttpHeaders;
  readonly isDraining: () => boolean;
}

const JSON_TYPE = 'application/json; charset=utf-8';
/** How long the rest of a refused body is read and thrown away, so that the client sees the answer. */
const LINGER_MS = 10_000;

export function sendAnswer(exchange: Exchange, answer: Answer): void {
  send(exchange, answer.status, {
    body: answer.body,
    headers: answer.isReplay ? { 'idempotency-replayed': 'true' } : {},
  });
}

export function sendError(exchange: Exchange, error: CollectionError): void {
  const body = JSON.stringify({ request_id: exchange.requestId, error: errorObject(error) });
  send(exchange, error.httpStatus, {
    body: Buffer.from(body),
    headers: error.retryAfterSeconds === null ? {} : { 'retry-after': String(error.retryAfterSeconds) },
  });
}

export function sendEmpty(exchange: Exchange, status: number): void {
  exchange.response.writeHead(status, { ...exchange.headers, ...goodbye(exchange) });
  exchange.response.end();
}

function send(
  exchange: Exchange,
  status: number,
  content: { body: Buffer; headers: OutgoingHttpHeaders },
): void {
  const { request, response } = exchange;
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    'content-type': JSON_TYPE,
    'content-length': content.body.length,
    'x-request-id': exchange.requestId,
    ...exchange.headers,
    ...content.headers,
    ...goodbye(exchange),
  });
  response.end(content.body);
  if (!request.complete) linger(request);
}

/** A collector that is stopping asks its clients to come back on another connection. */
function goodbye({ isDraining }: Exchange): OutgoingHttpHeaders {
  return isDraining() ? { connection: 'close' } : {};
}

function linger(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
