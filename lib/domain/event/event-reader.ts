import { isUtf8 } from 'node:buffer';
import { holdsOnlyStrings, isLowerUuid } from './byte-shapes';
import { type Alias, EVENT_NAME_PATTERN, UUID_PATTERN } from './event-input';
import { EventSpans, type Span } from './event-spans';
import type { EventFault } from './fault';
import { JsonScanner } from './json-scanner';
import { EVENT_BYTES_MAX, EVENT_NAME_MAX, PROPERTIES_BYTES_MAX } from './limits';
import { readAliases } from './read-alias';

const PLAIN_INTEGERS = /^\[(?:(?:0|-?[1-9]\d{0,14})(?:,(?:0|-?[1-9]\d{0,14}))*)?\]$/;
const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = '\\';
const OPEN_BRACE = 0x7b;

/**
 * Reads events from bytes by the rules of `eventInputSchema`, without parsing what is only passed through.
 * One reader serves many events: after `read`, its fields hold that event until the next `read`.
 */
export class EventReader {
  fault: EventFault | null = null;
  /** Position of a fault of the bytes; of other faults, where the event starts. */
  faultAt = 0;
  name = '';
  userId: string | null = null;
  viewId: string | null = null;
  sessionId: string | null = null;
  aliases: readonly Alias[] = [];
  /** JSON text of a list of integers, without white space. */
  segments = '[]';
  /** Place of the list of strings in the buffer; start is -1 where there is none. */
  readonly cohorts: Span;
  /** Place of the object in the buffer; start is -1 where there is none. */
  readonly properties: Span;
  /** Whether `properties` hold a line break, so that their bytes cannot go into a line as they are. */
  propertiesBroken = false;
  buffer: Buffer = Buffer.alloc(0);
  private utf8 = true;
  private readonly spans = new EventSpans();
  readonly scanner = new JsonScanner();

  constructor() {
    this.cohorts = this.spans.cohorts;
    this.properties = this.spans.properties;
  }

  /** Reads from `buffer` from now on. */
  open(buffer: Buffer): void {
    this.buffer = buffer;
    this.utf8 = isUtf8(buffer);
    this.scanner.open(buffer);
    this.spans.open(buffer);
  }

  /** Takes `end` for the end of the buffer, until the next `limit`. */
  limit(end: number): void {
    this.scanner.limit(end);
  }

  /** Refuses the event just read for something found around it. */
  refuse(fault: EventFault): void {
    this.fault = fault;
  }

  /**
   * Reads the event at `start`; `fault` says why it is refused, or null. Returns the position after it, or -1
   * when the syntax is broken and nothing that follows can be read.
   */
  read(start: number): number {
    this.scanner.clear();
    this.spans.clear();
    const isObject = this.scanner.byteAt(start) === OPEN_BRACE;
    const end = isObject ? this.scanner.object(start, 1, this.spans) : this.scanner.value(start, 0);
    this.faultAt = this.scanner.fault === null ? start : this.scanner.faultAt;
    this.fault = this.scanner.fault;
    if (end < 0) return -1;
    if (!this.utf8 && !isUtf8(this.buffer.subarray(start, end))) {
      this.fault = 'utf8';
      this.faultAt = start;
    }
    this.fault ??= isObject ? this.readFields(end - start) : 'not_an_object';
    return end;
  }

  private readFields(lengthBytes: number): EventFault | null {
    if (lengthBytes > EVENT_BYTES_MAX) return 'event_bytes';
    if (!this.readName()) return 'name';
    if (!this.readUuid('userId', this.spans.user_id)) return 'user_id';
    if (!this.readAliases()) return 'aliases';
    if (!this.readUuid('viewId', this.spans.view_id)) return 'view_id';
    if (!this.readUuid('sessionId', this.spans.session_id)) return 'session_id';
    if (!this.readSegments()) return 'segments';
    if (!this.readCohorts()) return 'cohorts';
    const properties = this.readProperties();
    if (properties !== null) return properties;
    return this.userId === null && this.aliases.length === 0 ? 'user' : null;
  }

  private readName(): boolean {
    const name = this.text(this.spans.name);
    if (name === null || name.length > EVENT_NAME_MAX || !EVENT_NAME_PATTERN.test(name)) return false;
    this.name = name;
    return true;
  }

  private readUuid(field: 'userId' | 'viewId' | 'sessionId', span: Span): boolean {
    this[field] = null;
    if (span.start < 0) return true;
    if (isLowerUuid(this.buffer, span.start, span.end)) {
      this[field] = this.buffer.toString('latin1', span.start + 1, span.end - 1);
      return true;
    }
    const text = this.text(span);
    if (text === null || !UUID_PATTERN.test(text)) return false;
    this[field] = text.toLowerCase();
    return true;
  }

  private readAliases(): boolean {
    this.aliases = [];
    if (this.spans.aliases.start < 0) return true;
    const aliases = readAliases(this.parse(this.spans.aliases));
    if (aliases === null) return false;
    this.aliases = aliases;
    return true;
  }

  private readSegments(): boolean {
    this.segments = '[]';
    const span = this.spans.segments;
    if (span.start < 0) return true;
    if (this.buffer[span.start] !== OPEN_BRACKET) return false;
    const text = this.buffer.toString('latin1', span.start, span.end);
    if (PLAIN_INTEGERS.test(text)) {
      this.segments = text;
      return true;
    }
    const list = this.parse(span) as unknown[];
    if (!list.every((item) => Number.isSafeInteger(item))) return false;
    this.segments = JSON.stringify(list);
    return true;
  }

  private readCohorts(): boolean {
    const span = this.spans.cohorts;
    if (span.start < 0) return true;
    return this.buffer[span.start] === OPEN_BRACKET && holdsOnlyStrings(this.buffer, span);
  }

  private readProperties(): EventFault | null {
    const span = this.spans.properties;
    if (span.start < 0) return null;
    if (this.buffer[span.start] !== OPEN_BRACE) return 'properties';
    if (span.end - span.start > PROPERTIES_BYTES_MAX) return 'properties_bytes';
    this.propertiesBroken = this.scanner.lastBreakAt > span.start && this.hasLineBreak(span);
    return null;
  }

  private hasLineBreak(span: Span): boolean {
    const bytes = this.buffer.subarray(span.start, span.end);
    return bytes.includes('\n') || bytes.includes('\r');
  }

  /** The text of a string, or null where the value is no string. */
  private text(span: Span): string | null {
    if (span.start < 0 || this.buffer[span.start] !== QUOTE) return null;
    const raw = this.buffer.toString('latin1', span.start + 1, span.end - 1);
    return raw.includes(BACKSLASH) ? (this.parse(span) as string) : raw;
  }

  private parse(span: Span): unknown {
    return JSON.parse(this.buffer.toString('utf8', span.start, span.end));
  }
}
