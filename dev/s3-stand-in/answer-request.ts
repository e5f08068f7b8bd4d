import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestFacts, StruckFault } from './control/faults';
import type { ControlParts, StandInControl } from './control/stand-in-control';
import { authorize } from './handlers/authorize';
import { HANDLER_BY_OPERATION } from './handlers/dispatch';
import { type Exchange, emptyReply, type Reply } from './handlers/exchange';
import { authenticate } from './protocol/authenticate';
import { pace } from './protocol/pace';
import { identifyOperation, parseS3Request, type S3Request } from './protocol/s3-request';
import { asS3Error, drain, errorReply, sendReply } from './send-reply';

export interface AnswerContext extends ControlParts {
  readonly control: StandInControl;
  /** Aborted when the stand-in closes: nothing waits any longer. */
  readonly closed: AbortSignal;
}

/** The connection is to be reset instead of answered. */
class Dropped extends Error {}

interface Ongoing {
  facts: RequestFacts | null;
  fault: StruckFault | null;
}

async function released(fault: StruckFault, closed: AbortSignal): Promise<void> {
  const ended = new Promise<never>((_, reject) => {
    if (closed.aborted) reject(new Dropped());
    closed.addEventListener('abort', () => reject(new Dropped()), { once: true });
  });
  await Promise.race([fault.released, ended]);
}

/** What a fault does before the request is applied; a reply ends the matter. */
async function strikeBefore(
  fault: StruckFault,
  exchange: Exchange,
  context: AnswerContext,
): Promise<Reply | null> {
  const { effect } = fault;
  const { request } = exchange;
  switch (effect.kind) {
    case 'answer': {
      const error = { status: effect.status, code: effect.code, message: effect.message };
      return errorReply(error, {
        requestId: request.requestId,
        resource: `/${request.bucket}/${request.key}`,
        method: request.method,
      });
    }
    case 'drop':
      if (effect.applied) return null;
      await drain(request.incoming);
      throw new Dropped();
    case 'hang':
      if (!effect.applied) await released(fault, context.closed);
      return null;
    case 'foreign-object':
      await context.control.putForeignObject({
        bucket: request.bucket,
        key: request.key,
        text: effect.text,
        metadata: effect.metadata,
      });
      return null;
    case 'slow':
    case 'no-etag':
      return null;
  }
}

/** What a fault does to the answer of a request that was applied. */
async function strikeAfter(fault: StruckFault, reply: Reply, context: AnswerContext): Promise<Reply> {
  const { effect } = fault;
  if (effect.kind === 'drop') throw new Dropped();
  if (effect.kind === 'hang' && effect.applied) await released(fault, context.closed);
  if (effect.kind === 'no-etag') {
    const { etag: _etag, ...headers } = reply.headers;
    return { ...reply, headers };
  }
  return reply;
}

async function handle(request: S3Request, ongoing: Ongoing, context: AnswerContext): Promise<Reply> {
  const { accessKeyId } = authenticate(request, {
    bucketRegion: context.storage.bucket(request.bucket)?.region ?? null,
    nowMs: context.nowMs(),
    secretOf: (id) => context.access.secretOf(id),
  });
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
    body:
      fault?.effect.kind === 'slow' ? pace(incoming, fault.effect.bytesPerSecond, context.closed) : incoming,
    nowMs: context.nowMs,
  };
  const early = fault === null ? null : await strikeBefore(fault, exchange, context);
  if (early !== null) return early;
  authorize(exchange);
  const reply = await HANDLER_BY_OPERATION[operation](exchange);
  return fault === null ? reply : strikeAfter(fault, reply, context);
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
  response.setHeader('x-amz-request-id', request.requestId);
  const bucketRegion = context.storage.bucket(request.bucket)?.region;
  if (bucketRegion !== undefined) response.setHeader('x-amz-bucket-region', bucketRegion);
  const effect = ongoing.fault?.effect;
  const bytesPerSecond = effect?.kind === 'slow' ? effect.bytesPerSecond : null;
  await sendReply(response, reply, { bytesPerSecond, closed: context.closed });
}
