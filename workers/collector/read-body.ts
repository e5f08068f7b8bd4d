import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { bodyTooLarge, CollectionError, invalidParameters } from './collection-error';

/** The client went away or was too slow: nobody is left to answer. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

interface BodyLimits {
  readonly wireBytesMax: number;
  readonly inflatedBytesMax: number;
  /** Called with every run of bytes before it is kept; throws when there is no room for it. */
  readonly admit: (bytes: number) => void;
}

const GUNZIP_CHUNK_BYTES = 128 * 1_024;

/** The whole body, unpacked when it is gzip. Nothing is done with a request before it is here. */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new CollectionError(415, 'unsupported_encoding', {
      message: 'This content encoding is not supported.',
      reason: 'Send the body as it is or with Content-Encoding: gzip.',
    });
  const wire = await readWire(request, limits);
  return encoding === 'gzip' && wire.length > 0 ? gunzip(wire, limits) : wire;
}

function readWire(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const tooLarge = () => bodyTooLarge(`At most ${limits.wireBytesMax} bytes are taken as sent.`);
  if (Number(request.headers['content-length'] ?? 0) > limits.wireBytesMax) throw tooLarge();
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const settle = (finish: () => void) => {
      request.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
      finish();
    };
    const onData = (piece: Buffer) => {
      bytes += piece.length;
      try {
        if (bytes > limits.wireBytesMax) throw tooLarge();
        limits.admit(piece.length);
        pieces.push(piece);
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const onEnd = () => settle(() => resolve(join(pieces)));
    const onGone = () =>
      settle(() => reject(new ClientGoneError('The client left before its body was read')));
    request.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
  });
}

function gunzip(wire: Buffer, limits: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const stream = createGunzip({ chunkSize: GUNZIP_CHUNK_BYTES });
    const pieces: Buffer[] = [];
    let bytes = 0;
    stream.on('data', (piece: Buffer) => {
      bytes += piece.length;
      try {
        if (bytes > limits.inflatedBytesMax)
          throw bodyTooLarge(`At most ${limits.inflatedBytesMax} bytes are taken after gunzip.`);
        limits.admit(piece.length);
        pieces.push(piece);
      } catch (error) {
        stream.destroy();
        reject(error);
      }
    });
    stream.on('end', () => resolve(join(pieces)));
    stream.on('error', () => reject(invalidParameters('The body is not a complete gzip stream.')));
    stream.end(wire);
  });
}

function join(pieces: readonly Buffer[]): Buffer {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
}
