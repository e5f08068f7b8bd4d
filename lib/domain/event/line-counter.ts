const LINE_FEED = 0x0a;

/** Tells the line of a position, counted from 1. Positions must not decrease: each byte is looked at once. */
export class LineCounter {
  private from = 0;
  private line = 1;

  constructor(private readonly buffer: Buffer) {}

  at(position: number): number {
    for (;;) {
      const next = this.buffer.indexOf(LINE_FEED, this.from);
      if (next < 0 || next >= position) return this.line;
      this.line += 1;
      this.from = next + 1;
    }
  }
}
