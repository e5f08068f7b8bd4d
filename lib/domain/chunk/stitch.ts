import { invariant } from '../errors';
import { GZIP_HEADER, type GzipFile, gzipTrailer } from './gzip-file';

/**
 * Writes one stitched file into one Buffer of its final length, body by body in the order of offsets. `file` is
 * what `describeGzipFile` says of the same chunks.
 */
export class Stitch {
  readonly #bytes: Buffer;
  #at: number;

  constructor(private readonly file: GzipFile) {
    this.#bytes = Buffer.allocUnsafe(file.gzipBytes);
    this.#bytes.set(GZIP_HEADER, 0);
    this.#at = GZIP_HEADER.length;
  }

  add(body: Buffer): void {
    invariant(this.#at + body.length <= this.#bytes.length, 'a stitched file takes no more than its bodies');
    this.#at += body.copy(this.#bytes, this.#at);
  }

  /** The whole file; throws when bodies are missing, so unwritten memory never leaves the process. */
  finish(): Buffer {
    const trailer = gzipTrailer(this.file.crcRaw, this.file.rawBytes);
    invariant(this.#at + trailer.length === this.#bytes.length, 'a stitched file has all of its bodies');
    this.#bytes.set(trailer, this.#at);
    this.#at += trailer.length;
    return this.#bytes;
  }
}
