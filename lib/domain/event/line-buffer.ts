const QUOTE = 0x22;
const SPACE = 0x20;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
/** A call into native code costs more than so many steps of a loop. */
const SHORT_LENGTH_MAX = 24;
const SHORT_COPY_MAX = 64;

/** Lines being written one after the other into one growing buffer; every line ends in `\n`. */
export class LineBuffer {
  /** Where each line ends, its line feed included. */
  readonly ends: number[] = [];
  private buffer: Buffer;
  private length = 0;

  constructor(capacityBytes: number) {
    this.buffer = Buffer.allocUnsafe(Math.max(capacityBytes, 256));
  }

  /** The bytes written so far; shares memory with this buffer. */
  get bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  get byteLength(): number {
    return this.length;
  }

  get rows(): number {
    return this.ends.length;
  }

  /** Text of which every character is one byte. */
  ascii(text: string): void {
    this.reserve(text.length);
    if (text.length > SHORT_LENGTH_MAX) {
      this.length += this.buffer.write(text, this.length, 'latin1');
      return;
    }
    for (let index = 0; index < text.length; index += 1)
      this.buffer[this.length + index] = text.charCodeAt(index);
    this.length += text.length;
  }

  utf8(text: string): void {
    this.reserve(text.length * 3);
    this.length += this.buffer.write(text, this.length, 'utf8');
  }

  copy(source: Buffer, start: number, end: number): void {
    this.reserve(end - start);
    const target = this.buffer;
    if (end - start > SHORT_COPY_MAX) {
      this.length += source.copy(target, this.length, start, end);
      return;
    }
    let at = this.length;
    for (let pos = start; pos < end; pos += 1, at += 1) target[at] = source[pos] as number;
    this.length = at;
  }

  /** Copies valid JSON without the white space between its tokens; tokens keep their bytes. */
  copyCompact(source: Buffer, start: number, end: number): void {
    this.reserve(end - start);
    const target = this.buffer;
    let at = this.length;
    let inString = false;
    for (let pos = start; pos < end; pos += 1) {
      const byte = source[pos] as number;
      if (inString && byte === BACKSLASH) {
        target[at] = byte;
        at += 1;
        pos += 1;
        target[at] = source[pos] as number;
        at += 1;
        continue;
      }
      if (byte === QUOTE) inString = !inString;
      if (!inString && byte <= SPACE) continue;
      target[at] = byte;
      at += 1;
    }
    this.length = at;
  }

  endLine(): void {
    this.reserve(1);
    this.buffer[this.length] = LINE_FEED;
    this.length += 1;
    this.ends.push(this.length);
  }

  /** Writes `text` at the same place of every line: the receipt time when lines are stamped anew. */
  overwriteEachLine(offset: number, text: string): void {
    let start = 0;
    for (const end of this.ends) {
      this.buffer.write(text, start + offset, 'latin1');
      start = end;
    }
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }
}
