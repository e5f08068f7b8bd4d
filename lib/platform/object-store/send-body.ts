import { Readable } from 'node:stream';
import type { PutObjectCommand } from '@aws-sdk/client-s3';

const SLICE_BYTES = 256 * 1024;

/** Replaces a command's body on its way to the socket, after signing: only the way of sending changes. */
export function sendThrough(command: PutObjectCommand, toStream: (body: Buffer) => Readable): void {
  command.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (
        typeof request === 'object' &&
        request !== null &&
        'body' in request &&
        Buffer.isBuffer(request.body)
      ) {
        request.body = toStream(request.body);
      }
      return next(args);
    },
    { step: 'finalizeRequest', name: 'sendThrough', priority: 'low' },
  );
}

/** A body as the socket takes it, copying nothing; told each time that it has taken what it was given. */
export function inSlices(body: Buffer, onProgress: () => void): Readable {
  let from = 0;
  return new Readable({
    highWaterMark: 1,
    read() {
      onProgress();
      const slice = body.subarray(from, from + SLICE_BYTES);
      from += slice.length;
      this.push(slice.length === 0 ? null : slice);
    },
  });
}
