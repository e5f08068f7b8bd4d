import { EventReader } from './event-reader';
import { bodyError, bodyFault, type EventSource } from './event-source';
import { BATCH_TOO_LONG } from './fault';
import { BATCH_EVENTS_MAX } from './limits';
import { LineCounter } from './line-counter';

const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** A body that is one event. */
export class SingleSource implements EventSource {
  readonly reader = new EventReader();
  position = 0;
  private readonly lines: LineCounter;

  constructor(private readonly body: Buffer) {
    this.lines = new LineCounter(body);
    this.reader.open(body);
  }

  next(): boolean {
    if (this.position > 0) return false;
    const { scanner } = this.reader;
    const end = this.reader.read(scanner.space(0));
    if (end < 0) throw bodyFault('syntax', this.faultLine());
    this.position = scanner.space(end);
    if (this.position < this.body.length) throw bodyFault('syntax', this.lines.at(this.position));
    return true;
  }

  faultLine(): number {
    return this.lines.at(this.reader.faultAt);
  }
}

/** A body that is an array of events; a refused event does not touch its neighbours. */
export class BatchSource implements EventSource {
  readonly reader = new EventReader();
  position = 0;
  private count = 0;
  private readonly lines: LineCounter;

  constructor(private readonly body: Buffer) {
    this.lines = new LineCounter(body);
    this.reader.open(body);
  }

  next(): boolean {
    const start = this.count === 0 ? this.first() : this.following();
    if (start < 0) return false;
    this.count += 1;
    if (this.count > BATCH_EVENTS_MAX) throw bodyError(BATCH_TOO_LONG, this.lines.at(start));
    this.position = this.reader.read(start);
    if (this.position < 0) throw bodyFault('syntax', this.faultLine());
    return true;
  }

  faultLine(): number {
    return this.lines.at(this.reader.faultAt);
  }

  private first(): number {
    const { scanner } = this.reader;
    const open = scanner.space(0);
    if (scanner.byteAt(open) !== OPEN_BRACKET) throw bodyError('A batch is a JSON array of events.', 1);
    const start = scanner.space(open + 1);
    return scanner.byteAt(start) === CLOSE_BRACKET ? this.last(start) : start;
  }

  private following(): number {
    const { scanner } = this.reader;
    const after = scanner.space(this.position);
    const byte = scanner.byteAt(after);
    if (byte === COMMA) return scanner.space(after + 1);
    if (byte !== CLOSE_BRACKET) throw bodyFault('syntax', this.lines.at(after));
    return this.last(after);
  }

  private last(bracket: number): -1 {
    const end = this.reader.scanner.space(bracket + 1);
    if (end < this.body.length) throw bodyFault('syntax', this.lines.at(end));
    this.position = end;
    return -1;
  }
}
