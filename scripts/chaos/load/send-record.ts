/**
 * What a producer knows about a mark. `open`: not answered yet. `acked`: promised. `unknown`: sent and given up, may be
 * stored once. `refused`: the collector said that nothing was stored.
 */
export type Fate = 'open' | 'acked' | 'unknown' | 'refused';

export interface SentMark {
  readonly type: 'events' | 'sync_aliases';
  readonly eventName: string;
  fate: Fate;
}

/** Everything that was ever sent for one workspace, by its mark. */
export class SendRecord {
  readonly marks = new Map<string, SentMark>();
  /** Versions of the segment set in the order in which they were put, with what is known of each. */
  readonly segmentVersions: { readonly version: number; fate: Fate }[] = [];
  /** Answers that no producer may get. */
  readonly wrongAnswers: string[] = [];

  open(marks: readonly string[], sent: Pick<SentMark, 'type'> & { nameOf: (index: number) => string }): void {
    for (const [index, mark] of marks.entries())
      this.marks.set(mark, { type: sent.type, eventName: sent.nameOf(index), fate: 'open' });
  }

  settle(marks: readonly string[], fate: Fate): void {
    for (const mark of marks) {
      const sent = this.marks.get(mark);
      if (sent !== undefined) sent.fate = fate;
    }
  }

  count(fate: Fate): number {
    let count = 0;
    for (const sent of this.marks.values()) if (sent.fate === fate) count += 1;
    return count;
  }
}
