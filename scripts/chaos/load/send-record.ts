/**
 * What a producer knows about a mark. `open`: not answered yet. `acked`: promised. `unknown`: sent and given up, may be
 * stored once. `refused`: the collector said that nothing was stored.
 */
export type Fate = 'open' | 'acked' | 'unknown' | 'refused';

export interface SentMark {
  readonly type: 'events' | 'sync_aliases';
  readonly eventName: string;
  readonly openedAtMs: number;
  /** When its producer was told; null while it was not. */
  settledAtMs: number | null;
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
    const opened = { type: sent.type, openedAtMs: Date.now(), settledAtMs: null, fate: 'open' as const };
    for (const [index, mark] of marks.entries())
      this.marks.set(mark, { ...opened, eventName: sent.nameOf(index) });
  }

  settle(marks: readonly string[], fate: Fate): void {
    for (const mark of marks) {
      const sent = this.marks.get(mark);
      if (sent === undefined) continue;
      sent.fate = fate;
      sent.settledAtMs = Date.now();
    }
  }

  count(fate: Fate): number {
    let count = 0;
    for (const sent of this.marks.values()) if (sent.fate === fate) count += 1;
    return count;
  }
}
