import { EventReader } from './event-reader';
import type { EventSource } from './event-source';

const LINE_FEED = 0x0a;

/** A body of one event per line. Empty lines are skipped; a broken line does not touch its neighbours. */
export class NdjsonSource implements EventSource {
  readonly reader = new EventReader();
  position = 0;
  private line = 0;

  constructor(private readonly body: Buffer) {
    this.reader.open(body);
  }

  next(): boolean {
    const { scanner } = this.reader;
    while (this.position < this.body.length) {
      const lineFeed = this.body.indexOf(LINE_FEED, this.position);
      const lineEnd = lineFeed < 0 ? this.body.length : lineFeed;
      this.line += 1;
      this.reader.limit(lineEnd);
      const start = scanner.space(this.position);
      this.position = lineEnd + 1;
      if (start === lineEnd) continue;
      const end = this.reader.read(start);
      if (end >= 0 && scanner.space(end) < lineEnd) this.reader.refuse('syntax');
      return true;
    }
    return false;
  }

  faultLine(): number {
    return this.line;
  }
}
