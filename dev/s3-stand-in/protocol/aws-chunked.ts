import { S3Error } from './s3-error';

const LINE_MAX_BYTES = 16_384;

/** Reads lines and exact lengths from a stream of buffers. */
class ChunkReader {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<void> {
    const next = await this.#source.next();
    if (next.done) throw new S3Error('IncompleteBody', 'The aws-chunked body ended too early.');
    this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
  }

  async line(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf('\r\n');
      if (end >= 0) {
        const text = this.#held.toString('latin1', 0, end);
        this.#held = this.#held.subarray(end + 2);
        return text;
      }
      if (this.#held.length > LINE_MAX_BYTES) {
        throw new S3Error('InvalidRequest', 'A line of the aws-chunked body is too long.');
      }
      await this.#more();
    }
  }

  /** At least one and at most `limit` bytes. */
  async some(limit: number): Promise<Buffer> {
    if (this.#held.length === 0) await this.#more();
    const part = this.#held.subarray(0, limit);
    this.#held = this.#held.subarray(part.length);
    return part;
  }
}

function sizeOf(line: string): number {
  const hex = line.split(';')[0] ?? '';
  if (!/^[0-9a-fA-F]{1,12}$/.test(hex)) {
    throw new S3Error('InvalidRequest', 'The aws-chunked body holds a wrong chunk size.');
  }
  return Number.parseInt(hex, 16);
}

/** Yields the payload of an `aws-chunked` body (unsigned chunks) and collects its trailers, names in lower case. */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const reader = new ChunkReader(source);
  for (let size = sizeOf(await reader.line()); size > 0; size = sizeOf(await reader.line())) {
    for (let left = size; left > 0; ) {
      const part = await reader.some(left);
      left -= part.length;
      yield part;
    }
    if ((await reader.line()) !== '') {
      throw new S3Error('InvalidRequest', 'A chunk of the aws-chunked body is longer than it says.');
    }
  }
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const [name = '', value = ''] = line.split(/:(.*)/s);
    trailers.set(name.trim().toLowerCase(), value.trim());
  }
}
