import type { FaultEffect, StruckFault } from './control/faults';
import type { StandInControl } from './control/stand-in-control';
import type { Exchange, Reply } from './handlers/exchange';
import { metadataOf } from './handlers/put-object';
import { pace } from './protocol/pace';
import { drain, errorReply } from './send-reply';

/** The connection is to be reset instead of answered. */
export class Dropped extends Error {}

export interface StrikeContext {
  readonly control: StandInControl;
  /** Aborted when the stand-in closes: nothing waits any longer. */
  readonly closed: AbortSignal;
}

async function released(fault: StruckFault, closed: AbortSignal): Promise<void> {
  const ended = new Promise<never>((_, reject) => {
    if (closed.aborted) reject(new Dropped());
    closed.addEventListener('abort', () => reject(new Dropped()), { once: true });
  });
  await Promise.race([fault.released, ended]);
}

/** The request's body as a fault lets it through. */
export function strikeBody(
  effect: FaultEffect | undefined,
  incoming: AsyncIterable<Buffer>,
  closed: AbortSignal,
): AsyncIterable<Buffer> {
  if (effect?.kind === 'slow') return pace(incoming, effect.bytesPerSecond, closed);
  return effect?.kind === 'cut-body' ? cutAfter(incoming, effect.afterBytes) : incoming;
}

async function* cutAfter(incoming: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let passed = 0;
  for await (const part of incoming) {
    passed += part.length;
    if (passed > bytes) throw new Dropped();
    yield part;
  }
}

function answerOf(effect: Extract<FaultEffect, { kind: 'answer' }>, { request }: Exchange): Reply {
  const error = { status: effect.status, code: effect.code, message: effect.message };
  const resource = `/${request.bucket}/${request.key}`;
  const reply = errorReply(error, { requestId: request.requestId, resource, method: request.method });
  const headers = { ...reply.headers, ...effect.headers };
  if (effect.body === undefined || reply.body.kind === 'none') return { ...reply, headers };
  return { ...reply, headers, body: { kind: 'text', text: effect.body } };
}

/** What a fault does before the request is applied; a reply ends the matter. */
export async function strikeBefore(
  fault: StruckFault,
  exchange: Exchange,
  context: StrikeContext,
): Promise<Reply | null> {
  const { effect } = fault;
  const { request } = exchange;
  switch (effect.kind) {
    case 'answer':
      return effect.applied ? null : answerOf(effect, exchange);
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
        metadata: effect.forged ? metadataOf(exchange) : effect.metadata,
      });
      return null;
    case 'cut-body':
    case 'cut-reply':
    case 'drip':
    case 'ignore-condition':
    case 'no-etag':
    case 'slow':
      return null;
  }
}

/** What a fault does to the answer of a request that was applied. */
export async function strikeAfter(
  fault: StruckFault,
  { exchange, reply }: { exchange: Exchange; reply: Reply },
  context: StrikeContext,
): Promise<Reply> {
  const { effect } = fault;
  if (effect.kind === 'drop') throw new Dropped();
  if (effect.kind === 'answer') return answerOf(effect, exchange);
  if (effect.kind === 'hang' && effect.applied) await released(fault, context.closed);
  if (effect.kind === 'no-etag') {
    const { etag: _etag, ...headers } = reply.headers;
    return { ...reply, headers };
  }
  return reply;
}
