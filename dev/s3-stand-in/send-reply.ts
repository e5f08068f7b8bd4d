import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Reply } from './handlers/exchange';
import { pace } from './protocol/pace';
import { S3Error } from './protocol/s3-error';
import { errorDocument } from './protocol/xml';

/** Reads away what is left of a request, so that the client hears the answer instead of a broken pipe. */
export async function drain(incoming: IncomingMessage): Promise<void> {
  if (incoming.readableEnded || incoming.destroyed) return;
  await new Promise<void>((resolve) => {
    incoming.once('end', resolve);
    incoming.once('close', resolve);
    incoming.resume();
  });
}

/** The answer for an error document; HEAD has no body, so clients see only the status. */
export function errorReply(
  error: { status: number; code: string; message: string },
  facts: {
    readonly requestId: string;
    readonly resource: string;
    readonly method: string;
    readonly fields?: Readonly<Record<string, string>>;
  },
): Reply {
  const text = errorDocument({
    Code: error.code,
    Message: error.message,
    ...facts.fields,
    Resource: facts.resource,
    RequestId: facts.requestId,
  });
  const headers = { 'content-type': 'application/xml' };
  return facts.method === 'HEAD'
    ? { status: error.status, headers, body: { kind: 'none' } }
    : { status: error.status, headers, body: { kind: 'text', text } };
}

/** What a thrown value answers; anything that is not an S3Error is a fault of the stand-in itself. */
export function asS3Error(cause: unknown): S3Error {
  return cause instanceof S3Error
    ? cause
    : new S3Error(
        'InternalError',
        `The stand-in failed: ${cause instanceof Error ? cause.message : 'unknown'}`,
      );
}

/** Writes a reply; a file's handle is closed whatever happens. */
export async function sendReply(
  response: ServerResponse,
  reply: Reply,
  rate: { bytesPerSecond: number | null; closed: AbortSignal },
): Promise<void> {
  const { body } = reply;
  if (body.kind === 'none') {
    const isBodyless =
      reply.status === 204 || reply.status === 304 || reply.headers['content-length'] !== undefined;
    response.writeHead(
      reply.status,
      isBodyless ? reply.headers : { ...reply.headers, 'content-length': '0' },
    );
    response.end();
    return;
  }
  if (body.kind === 'text') {
    response.writeHead(reply.status, {
      ...reply.headers,
      'content-length': String(Buffer.byteLength(body.text)),
    });
    response.end(body.text);
    return;
  }
  try {
    response.writeHead(reply.status, reply.headers);
    if (body.end < body.start) {
      response.end();
      return;
    }
    const bytes: AsyncIterable<Buffer> = body.handle.createReadStream({
      start: body.start,
      end: body.end,
      autoClose: false,
    });
    const paced = rate.bytesPerSecond === null ? bytes : pace(bytes, rate.bytesPerSecond, rate.closed);
    await pipeline(Readable.from(paced, { objectMode: false }), response);
  } finally {
    await body.handle.close();
  }
}
