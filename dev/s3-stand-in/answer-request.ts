import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultEffect, RequestFacts, StruckFault } from './control/faults';
import type { ControlParts } from './control/stand-in-control';
import { authorize } from './handlers/authorize';
import { HANDLER_BY_OPERATION } from './handlers/dispatch';
import { type Exchange, emptyReply, type Reply } from './handlers/exchange';
import { authenticate } from './protocol/authenticate';
import { header, identifyOperation, parseS3Request, type S3Request } from './protocol/s3-request';
import { cutReply, dripReply } from './send-raw';
import { asS3Error, drain, errorReply, sendReply } from './send-reply';
import { Dropped, type StrikeContext, strikeAfter, strikeBefore, strikeBody } from './strike';

export interface AnswerContext extends ControlParts, StrikeContext {}

interface Ongoing {
  facts: RequestFacts | null;
  fault: StruckFault | null;
}

async function handle(request: S3Request, ongoing: Ongoing, context: AnswerContext): Promise<Reply> {
  const accessKeyId = signerOf(request, context);
  const operation = identifyOperation(request);
  ongoing.facts = { operation, bucket: request.bucket, key: request.key, accessKeyId };
  const fault = context.faults.take(ongoing.facts);
  ongoing.fault = fault;
  // Refusing a body half-way must not end the connection: the client is to hear why.
  const incoming: AsyncIterable<Buffer> = request.incoming.iterator({ destroyOnReturn: false });
  const exchange: Exchange = {
    request,
    operation,
    accessKeyId,
    region: context.region,
    accountId: context.accountId,
    storage: context.storage,
    access: context.access,
    roles: context.roles,
    body: strikeBody(fault?.effect, incoming, context.closed),
    ignoresConditions: fault?.effect.kind === 'ignore-condition',
    nowMs: context.nowMs,
  };
  const early = fault === null ? null : await strikeBefore(fault, exchange, context);
  if (early !== null) return early;
  authorize(exchange);
  const reply = await HANDLER_BY_OPERATION[operation](exchange);
  return fault === null ? reply : strikeAfter(fault, { exchange, reply }, context);
}

/** Who signed; null for a look without any signature, which is anybody's. */
function signerOf(request: S3Request, context: AnswerContext): string | null {
  const isLook = request.method === 'GET' || request.method === 'HEAD';
  if (isLook && header(request, 'authorization') === undefined) return null;
  return authenticate(request, {
    bucketRegion: context.storage.bucket(request.bucket)?.region ?? null,
    nowMs: context.nowMs(),
    secretOf: (id) =>
      context.access.secretOf(id) ??
      context.roles.secretOf(id, { token: header(request, 'x-amz-security-token'), nowMs: context.nowMs() }),
  }).accessKeyId;
}

function refuse(request: S3Request, cause: unknown): { reply: Reply; code: string } {
  const error = asS3Error(cause);
  const reply = errorReply(error, {
    requestId: request.requestId,
    resource: `/${request.bucket}${request.key === '' ? '' : `/${request.key}`}`,
    method: request.method,
    fields: error.fields,
  });
  return { reply, code: error.code };
}

/** Reads one S3 request, acts, and answers; or resets the connection where a fault says so. */
export async function answerRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  context: AnswerContext,
): Promise<void> {
  const receivedAtMs = context.nowMs();
  let request: S3Request;
  try {
    request = parseS3Request(incoming);
  } catch (cause) {
    const error = asS3Error(cause);
    await drain(incoming);
    await sendReply(response, emptyReply(error.status), { bytesPerSecond: null, closed: context.closed });
    return;
  }
  const ongoing: Ongoing = { facts: null, fault: null };
  let reply: Reply | null = null;
  let code: string | null = null;
  try {
    reply = await handle(request, ongoing, context);
  } catch (cause) {
    if (!(cause instanceof Dropped) && !incoming.socket.destroyed) ({ reply, code } = refuse(request, cause));
  }
  if (ongoing.facts !== null) {
    const { requestId } = request;
    context.seenRequests.add({
      ...ongoing.facts,
      requestId,
      receivedAtMs,
      status: reply?.status ?? null,
      code,
    });
  }
  if (reply === null) {
    incoming.socket.resetAndDestroy();
    return;
  }
  await drain(incoming);
  await send(response, { request, reply, effect: ongoing.fault?.effect }, context);
}

async function send(
  response: ServerResponse,
  { request, reply, effect }: { request: S3Request; reply: Reply; effect: FaultEffect | undefined },
  { storage, closed }: AnswerContext,
): Promise<void> {
  if (effect?.kind === 'drip') {
    return dripReply(response, reply, { bytesPerSecond: effect.bytesPerSecond, closed });
  }
  if (effect?.kind === 'cut-reply') return cutReply(response, reply);
  response.setHeader('x-amz-request-id', request.requestId);
  const bucketRegion = storage.bucket(request.bucket)?.region;
  if (bucketRegion !== undefined) response.setHeader('x-amz-bucket-region', bucketRegion);
  const bytesPerSecond = effect?.kind === 'slow' ? effect.bytesPerSecond : null;
  await sendReply(response, reply, { bytesPerSecond, closed });
}
