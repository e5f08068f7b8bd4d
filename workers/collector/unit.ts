import type { LineBuffer } from '@/lib/domain/event/line-buffer';
import type { IdempotencyRow } from '@/lib/platform/event-log/event-log';

/** Lines of one unit that go into one stream. */
export interface UnitLines {
  readonly streamId: number;
  readonly lines: LineBuffer;
  /** Where the receipt time stands in every line. */
  readonly timeOffset: number;
}

interface UnitOptions {
  readonly workspaceId: string;
  readonly lines: readonly UnitLines[];
  readonly receivedAtMs: number;
  /** Makes the row that lets a retry store nothing; its answer tells the receipt time. */
  readonly keyRow: ((receivedAtMs: number) => IdempotencyRow) | null;
}

/** Lines of one request, or of one part of a large one: stored together with its key row, or not at all. */
export class Unit {
  readonly workspaceId: string;
  readonly lines: readonly UnitLines[];
  readonly rawBytes: number;
  private receivedAtMs: number;
  private readonly keyRow: UnitOptions['keyRow'];

  constructor(options: UnitOptions) {
    this.workspaceId = options.workspaceId;
    this.lines = options.lines;
    this.receivedAtMs = options.receivedAtMs;
    this.keyRow = options.keyRow;
    this.rawBytes = options.lines.reduce((sum, { lines: { byteLength } }) => sum + byteLength, 0);
  }

  /** When the lines say that they were received, epoch ms. */
  get timeMs(): number {
    return this.receivedAtMs;
  }

  /** The key row with the present `timeMs`, or null where the request has no key. */
  idempotencyRow(): IdempotencyRow | null {
    return this.keyRow === null ? null : this.keyRow(this.receivedAtMs);
  }

  /** Gives all lines another receipt time, in place. */
  stampAnew(receivedAtMs: number): void {
    this.receivedAtMs = receivedAtMs;
    const time = toTime(receivedAtMs);
    for (const { lines, timeOffset } of this.lines) lines.overwriteEachLine(timeOffset, time);
  }
}

/** RFC 3339 UTC with milliseconds: 24 characters. */
export function toTime(ms: number): string {
  return new Date(ms).toISOString();
}
