import type { JsonFault } from './fault';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;
const LOWER_U = 0x75;

/**
 * The tokens of JSON (RFC 8259) over bytes, without decoding. Every method takes a position and returns the
 * one after what it read, or -1 on broken syntax. Other faults are noted, first one first, and reading goes on,
 * so that the end of a refused value is still found. UTF-8 is the caller's to check.
 */
export class JsonTokens {
  fault: JsonFault | null = null;
  /** Position of the fault. */
  faultAt = 0;
  /** Position of the last line break seen between tokens, or -1. */
  lastBreakAt = -1;
  /** Whether the last string read holds an escape, so that its bytes are not its text. */
  protected escaped = false;
  protected buffer: Buffer = Buffer.alloc(0);
  protected end = 0;

  /** The byte at a position, or -1 at the end. */
  byteAt(pos: number): number {
    return pos < this.end ? (this.buffer[pos] as number) : -1;
  }

  space(start: number): number {
    let pos = start;
    while (pos < this.end) {
      const byte = this.buffer[pos] as number;
      if (byte > SPACE) break;
      if (byte === LINE_FEED || byte === CARRIAGE_RETURN) this.lastBreakAt = pos;
      else if (byte !== SPACE && byte !== TAB) break;
      pos += 1;
    }
    return pos;
  }

  /** Notes the first fault. */
  note(fault: JsonFault, pos: number): void {
    if (this.fault !== null) return;
    this.fault = fault;
    this.faultAt = pos;
  }

  /** Notes broken syntax, which outweighs what was noted before. */
  broken(pos: number): -1 {
    this.fault = 'syntax';
    this.faultAt = pos;
    return -1;
  }

  /** The string whose opening quote is at `start`. */
  protected string(start: number): number {
    const { buffer, end } = this;
    this.escaped = false;
    for (let pos = start + 1; pos < end; pos += 1) {
      const byte = buffer[pos] as number;
      if (byte > QUOTE && byte !== BACKSLASH) continue;
      if (byte === QUOTE) return pos + 1;
      if (byte < SPACE) return this.broken(pos);
      if (byte === BACKSLASH) {
        const next = this.escape(pos);
        if (next < 0) return -1;
        pos = next - 1;
      }
    }
    return this.broken(end);
  }

  protected number(start: number): number {
    let pos = this.byteAt(start) === MINUS ? start + 1 : start;
    pos = this.byteAt(pos) === ZERO ? pos + 1 : this.digits(pos);
    if (pos > 0 && this.byteAt(pos) === DOT) pos = this.digits(pos + 1);
    if (pos > 0 && (this.byteAt(pos) | 0x20) === 0x65) {
      const sign = this.byteAt(pos + 1);
      pos = this.digits(sign === PLUS || sign === MINUS ? pos + 2 : pos + 1);
    }
    return pos;
  }

  protected literal(start: number, text: string): number {
    for (let index = 0; index < text.length; index += 1)
      if (this.byteAt(start + index) !== text.charCodeAt(index)) return this.broken(start);
    return start + text.length;
  }

  private digits(start: number): number {
    let pos = start;
    for (;;) {
      const byte = this.byteAt(pos);
      if (byte < ZERO || byte > NINE) break;
      pos += 1;
    }
    return pos === start ? this.broken(start) : pos;
  }

  private escape(start: number): number {
    this.escaped = true;
    switch (this.byteAt(start + 1)) {
      case QUOTE:
      case BACKSLASH:
      case SLASH:
      case 0x62: // b
      case 0x66: // f
      case 0x6e: // n
      case 0x72: // r
      case 0x74: // t
        return start + 2;
      case LOWER_U:
        return this.unicodeEscape(start);
      default:
        return this.broken(start);
    }
  }

  /** `\uXXXX`; half a surrogate pair is only allowed right before or after its other half. */
  private unicodeEscape(start: number): number {
    const unit = this.hexUnit(start + 2);
    if (unit < 0) return this.broken(start);
    if (unit === 0) this.note('nul', start);
    const next = start + 6;
    if (unit < 0xd800 || unit > 0xdfff) return next;
    const paired =
      unit <= 0xdbff && this.byteAt(next) === BACKSLASH && this.byteAt(next + 1) === LOWER_U
        ? this.hexUnit(next + 2)
        : -1;
    if (paired >= 0xdc00 && paired <= 0xdfff) return next + 6;
    this.note('lone_surrogate', start);
    return next;
  }

  private hexUnit(start: number): number {
    let unit = 0;
    for (let pos = start; pos < start + 4; pos += 1) {
      const digit = hexDigit(this.byteAt(pos));
      if (digit < 0) return -1;
      unit = unit * 16 + digit;
    }
    return unit;
  }
}

function hexDigit(byte: number): number {
  if (byte >= ZERO && byte <= NINE) return byte - ZERO;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
