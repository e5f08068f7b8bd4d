import type { JsonFault } from './fault';
import { DEPTH_MAX } from './limits';

/** Beyond this many keys an object's keys move into a Set: comparing each with each would be quadratic. */
const KEYS_COMPARED_MAX = 32;
const KEYS_OPEN_MAX = DEPTH_MAX * KEYS_COMPARED_MAX;
const PROTO = '__proto__';

/** The keys of the objects that are open while JSON is scanned; finds a key that is there twice. */
export class ObjectKeys {
  private buffer: Buffer = Buffer.alloc(0);
  private readonly starts = new Int32Array(KEYS_OPEN_MAX);
  private readonly ends = new Int32Array(KEYS_OPEN_MAX);
  /** Length and first byte of each key: what most keys of one object differ in. */
  private readonly shapes = new Int32Array(KEYS_OPEN_MAX);
  /** Where the keys of each open object begin. */
  private readonly bases: number[] = [];
  private readonly sets: (Set<string> | null)[] = [];
  private base = 0;
  private top = 0;
  private set: Set<string> | null = null;

  reset(buffer: Buffer): void {
    this.buffer = buffer;
    this.bases.length = 0;
    this.sets.length = 0;
    this.base = 0;
    this.top = 0;
    this.set = null;
  }

  open(): void {
    this.bases.push(this.base);
    this.sets.push(this.set);
    this.base = this.top;
    this.set = null;
  }

  close(): void {
    this.top = this.base;
    this.base = this.bases.pop() ?? 0;
    this.set = this.sets.pop() ?? null;
  }

  /** Adds the key between two quotes to the innermost object; `escaped` says that its bytes are not yet its text. */
  add(start: number, end: number, escaped: boolean): JsonFault | null {
    const { buffer, shapes, base, top } = this;
    if (this.set !== null || escaped || top - base >= KEYS_COMPARED_MAX)
      return this.addText(this.textOf(start, end, escaped));
    const shape = (end - start) * 256 + (buffer[start] as number);
    for (let index = base; index < top; index += 1)
      if (shapes[index] === shape && this.same(index, start, end)) return 'duplicate_key';
    if (end - start === PROTO.length && this.textOf(start, end, false) === PROTO) return 'proto_key';
    this.starts[top] = start;
    this.ends[top] = end;
    shapes[top] = shape;
    this.top = top + 1;
    return null;
  }

  /** Whether a key of the same shape is the same key. */
  private same(index: number, start: number, end: number): boolean {
    const other = this.starts[index] as number;
    for (let at = end - start - 1; at > 0; at -= 1)
      if (this.buffer[other + at] !== this.buffer[start + at]) return false;
    return true;
  }

  private addText(text: string): JsonFault | null {
    if (this.set === null) {
      this.set = new Set();
      for (let index = this.base; index < this.top; index += 1)
        this.set.add(this.textOf(this.starts[index] as number, this.ends[index] as number, false));
    }
    if (text === PROTO) return 'proto_key';
    if (this.set.has(text)) return 'duplicate_key';
    this.set.add(text);
    return null;
  }

  private textOf(start: number, end: number, escaped: boolean): string {
    const text = this.buffer.toString('utf8', start, end);
    return escaped ? (JSON.parse(`"${text}"`) as string) : text;
  }
}
