import { JsonTokens } from './json-tokens';
import { DEPTH_MAX } from './limits';
import { ObjectKeys } from './object-keys';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Gets the members of one object, each key before its value. Spans are [start, end); a key's excludes its quotes. */
export interface MemberVisitor {
  key(start: number, end: number, escaped: boolean): void;
  value(start: number, end: number): void;
}

/**
 * A strict scanner of JSON values over bytes. Beyond the grammar it notes what readers disagree about: the same
 * key twice in an object, `__proto__`, half surrogate pairs, `\u0000`, and nesting over the limit.
 */
export class JsonScanner extends JsonTokens {
  private readonly keys = new ObjectKeys();

  /** Scans `buffer` from now on. */
  open(buffer: Buffer): void {
    this.buffer = buffer;
    this.end = buffer.length;
    this.clear();
  }

  /** Takes `end` for the end of the buffer. */
  limit(end: number): void {
    this.end = end;
  }

  /** Forgets the faults of the value before. */
  clear(): void {
    this.fault = null;
    this.lastBreakAt = -1;
    this.keys.reset(this.buffer);
  }

  /** Any value that starts at `pos`; `depth` counts the containers around it. */
  value(pos: number, depth: number): number {
    const byte = this.byteAt(pos);
    if (byte === QUOTE) return this.string(pos);
    if (byte === OPEN_BRACE) return this.object(pos, depth + 1, null);
    if (byte === OPEN_BRACKET) return this.array(pos, depth + 1);
    if (byte === MINUS || (byte >= ZERO && byte <= NINE)) return this.number(pos);
    if (byte === 0x74) return this.literal(pos, 'true');
    if (byte === 0x66) return this.literal(pos, 'false');
    if (byte === 0x6e) return this.literal(pos, 'null');
    return this.broken(pos);
  }

  /** The object whose `{` is at `start`; `visitor` gets its own members, not those of nested objects. */
  object(start: number, depth: number, visitor: MemberVisitor | null): number {
    if (depth > DEPTH_MAX) return this.tooDeep(start);
    let pos = this.space(start + 1);
    if (this.byteAt(pos) === CLOSE_BRACE) return pos + 1;
    this.keys.open();
    for (;;) {
      const colon = this.key(pos, visitor);
      if (colon < 0) return -1;
      const valueStart = this.space(colon + 1);
      const valueEnd = this.value(valueStart, depth);
      if (valueEnd < 0) return -1;
      if (visitor !== null) visitor.value(valueStart, valueEnd);
      pos = this.space(valueEnd);
      const byte = this.byteAt(pos);
      if (byte === CLOSE_BRACE) break;
      if (byte !== COMMA) return this.broken(pos);
      pos = this.space(pos + 1);
    }
    this.keys.close();
    return pos + 1;
  }

  private array(start: number, depth: number): number {
    if (depth > DEPTH_MAX) return this.tooDeep(start);
    let pos = this.space(start + 1);
    if (this.byteAt(pos) === CLOSE_BRACKET) return pos + 1;
    for (;;) {
      pos = this.value(pos, depth);
      if (pos < 0) return -1;
      pos = this.space(pos);
      const byte = this.byteAt(pos);
      if (byte === CLOSE_BRACKET) return pos + 1;
      if (byte !== COMMA) return this.broken(pos);
      pos = this.space(pos + 1);
    }
  }

  /** The key whose quote is at `start`; returns the position of its colon. */
  private key(start: number, visitor: MemberVisitor | null): number {
    if (this.byteAt(start) !== QUOTE) return this.broken(start);
    const end = this.string(start);
    if (end < 0) return -1;
    const fault = this.keys.add(start + 1, end - 1, this.escaped);
    if (fault !== null) this.note(fault, start);
    if (visitor !== null) visitor.key(start + 1, end - 1, this.escaped);
    const colon = this.space(end);
    return this.byteAt(colon) === COLON ? colon : this.broken(colon);
  }

  /** Finds the end of a value that is refused anyway, without recursion. */
  private tooDeep(start: number): number {
    this.note('depth', start);
    let open = 0;
    let pos = start;
    while (pos < this.end) {
      const byte = this.byteAt(pos);
      if (byte === QUOTE) {
        pos = this.string(pos);
        if (pos < 0) return -1;
        continue;
      }
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) open += 1;
      if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) open -= 1;
      pos += 1;
      if (open === 0) return pos;
    }
    return this.broken(this.end);
  }
}
