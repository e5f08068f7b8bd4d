import type { MemberVisitor } from './json-scanner';

/** A value's place in the buffer, [start, end); start is -1 where the key is absent or its value is null. */
export interface Span {
  start: number;
  end: number;
  /** JSON to write instead of these bytes, where they mean the same in an odd form; null where they are fine. */
  json: string | null;
}

const LOWER_N = 0x6e;
const FIELDS = [
  'name',
  'user_id',
  'aliases',
  'view_id',
  'session_id',
  'segments',
  'cohorts',
  'properties',
] as const;
type EventField = (typeof FIELDS)[number];

const LONGEST = Math.max(...FIELDS.map((field) => field.length));

// Length and first letter tell the fields apart, so one look-up decides for or against a comparison.
const BY_SHAPE: readonly (EventField | null)[] = Array.from(
  { length: shapeOf(LONGEST + 1, 0) },
  (_, shape) => FIELDS.find((field) => shapeOf(field.length, field.charCodeAt(0)) === shape) ?? null,
);

/** Where an event's known fields are; unknown keys leave no trace. */
export class EventSpans implements MemberVisitor {
  readonly name: Span = absent();
  readonly user_id: Span = absent();
  readonly aliases: Span = absent();
  readonly view_id: Span = absent();
  readonly session_id: Span = absent();
  readonly segments: Span = absent();
  readonly cohorts: Span = absent();
  readonly properties: Span = absent();
  private buffer: Buffer = Buffer.alloc(0);
  private current: Span | null = null;

  open(buffer: Buffer): void {
    this.buffer = buffer;
  }

  clear(): void {
    this.name.start = -1;
    this.user_id.start = -1;
    this.aliases.start = -1;
    this.view_id.start = -1;
    this.session_id.start = -1;
    this.segments.start = -1;
    this.cohorts.start = -1;
    this.properties.start = -1;
  }

  key(start: number, end: number, escaped: boolean): void {
    const field = escaped ? this.escapedField(start, end) : this.plainField(start, end);
    this.current = field === null ? null : this[field];
  }

  value(start: number, end: number): void {
    if (this.current === null) return;
    this.current.start = this.buffer[start] === LOWER_N ? -1 : start;
    this.current.end = end;
    this.current.json = null;
  }

  private plainField(start: number, end: number): EventField | null {
    if (end - start > LONGEST) return null;
    const field = BY_SHAPE[shapeOf(end - start, this.buffer[start] as number)] ?? null;
    if (field === null) return null;
    for (let at = 1; at < field.length; at += 1)
      if (this.buffer[start + at] !== field.charCodeAt(at)) return null;
    return field;
  }

  private escapedField(start: number, end: number): EventField | null {
    const text: unknown = JSON.parse(this.buffer.toString('utf8', start - 1, end + 1));
    return FIELDS.find((field) => field === text) ?? null;
  }
}

function absent(): Span {
  return { start: -1, end: -1, json: null };
}

function shapeOf(length: number, firstByte: number): number {
  return length * 256 + firstByte;
}
