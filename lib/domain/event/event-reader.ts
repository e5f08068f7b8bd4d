import { isUtf8 } from 'node:buffer';
import { holdsOnlyStrings, holdsPlainIntegers, isLowerUuid, isPlainName } from './byte-shapes';
import { type Alias, EVENT_NAME_PATTERN, UUID_PATTERN } from './event-input';
import { EventSpans, type Span } from './event-spans';
import type { EventFault } from './fault';
import { JsonScanner } from './json-scanner';
import { EVENT_BYTES_MAX, EVENT_NAME_MAX, PROPERTIES_BYTES_MAX } from './limits';
import { readAliases } from './read-alias';

const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;

/**
 * Reads events from bytes by the rules of `eventInputSchema`, without parsing what is only passed through.
 * One reader serves many events: after `read`, its fields hold that event until the next `read`.
 */
export class EventReader {
  fault: EventFault | null = null;
  /** Position of a fault of the bytes; of other faults, where the event starts. */
  faultAt = 0;
  aliases: readonly Alias[] = [];
  /** Where the event's fields are. */
  readonly spans = new EventSpans();
  /** Whether `properties` hold a line break, so that their bytes cannot go into a line as they are. */
  propertiesBroken = false;
  buffer: Buffer = Buffer.alloc(0);
  private utf8 = true;
  readonly scanner = new JsonScanner();

  get name(): string {
    return this.text(this.spans.name) ?? '';
  }

  /** In lower case; null where the event has none. */
  get userId(): string | null {
    return this.text(this.spans.user_id);
  }

  get hasUserId(): boolean {
    return this.spans.user_id.start >= 0;
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
    const { spans } = this;
    if (!this.readName(spans.name)) return 'name';
    if (!this.readUuid(spans.user_id)) return 'user_id';
    if (!this.readAliases(spans.aliases)) return 'aliases';
    if (!this.readUuid(spans.view_id)) return 'view_id';
    if (!this.readUuid(spans.session_id)) return 'session_id';
    if (!this.readSegments(spans.segments)) return 'segments';
    if (!this.readCohorts(spans.cohorts)) return 'cohorts';
    const properties = this.readProperties(spans.properties);
    if (properties !== null) return properties;
    return this.hasUserId || this.aliases.length > 0 ? null : 'user';
  }

  private readName(span: Span): boolean {
    if (span.start < 0) return false;
    if (isPlainName(this.buffer, span, EVENT_NAME_MAX)) return true;
    const name = this.parse(span);
    if (typeof name !== 'string' || name.length > EVENT_NAME_MAX || !EVENT_NAME_PATTERN.test(name))
      return false;
    span.json = `"${name}"`;
    return true;
  }

  private readUuid(span: Span): boolean {
    if (span.start < 0 || isLowerUuid(this.buffer, span)) return true;
    const uuid = this.parse(span);
    if (typeof uuid !== 'string' || !UUID_PATTERN.test(uuid)) return false;
    span.json = `"${uuid.toLowerCase()}"`;
    return true;
  }

  private readAliases(span: Span): boolean {
    this.aliases = [];
    if (span.start < 0) return true;
    const aliases = readAliases(this.parse(span));
    if (aliases === null) return false;
    this.aliases = aliases;
    return true;
  }

  private readSegments(span: Span): boolean {
    if (span.start < 0) return true;
    if (this.buffer[span.start] !== OPEN_BRACKET) return false;
    if (holdsPlainIntegers(this.buffer, span)) return true;
    const list = this.parse(span) as unknown[];
    if (!list.every((item) => Number.isSafeInteger(item))) return false;
    span.json = JSON.stringify(list);
    return true;
  }

  private readCohorts(span: Span): boolean {
    if (span.start < 0) return true;
    return this.buffer[span.start] === OPEN_BRACKET && holdsOnlyStrings(this.buffer, span);
  }

  private readProperties(span: Span): EventFault | null {
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

  private text(span: Span): string | null {
    if (span.start < 0) return null;
    const json = span.json ?? this.buffer.toString('latin1', span.start, span.end);
    return json.slice(1, -1);
  }

  private parse(span: Span): unknown {
    return JSON.parse(this.buffer.toString('utf8', span.start, span.end));
  }
}
