import { createHash, randomUUID } from 'node:crypto';
import { aliasUserId } from '@/lib/domain/event/alias-user-id';
import { EVENT_TIME_OFFSET, writeEventLine } from '@/lib/domain/event/event-line';
import type { EventReader } from '@/lib/domain/event/event-reader';
import { LineBuffer } from '@/lib/domain/event/line-buffer';
import { SYNC_ALIAS_TIME_OFFSET, writeSyncAliasLine } from '@/lib/domain/event/sync-alias-line';
import { PART_INPUT_BYTES, PART_ROWS } from './limits';
import type { TypedLines } from './prepared';

/** What collection knows about a request before it reads its body. */
export interface Receipt {
  readonly workspaceId: string;
  /** Secret: user ids of aliases are made in it. */
  readonly aliasNamespace: string;
  readonly receivedAtMs: number;
  /** `receivedAtMs` as it is written into lines. */
  readonly time: string;
}

interface Part {
  readonly events: LineBuffer;
  readonly aliases: LineBuffer;
  inputBytes: number;
}

/** What an event grows by when it becomes a line, roughly: a first guess that spares copies. */
const LINE_OVERHEAD_BYTES = 192;
const NOTHING_YET_BYTES = 0;

/** Writes the lines of a request's accepted events, divided into parts when they are many. */
export class EventWriter {
  private readonly parts: Part[] = [];
  private part: Part;

  constructor(
    private readonly receipt: Receipt,
    private readonly bodyBytes: number,
  ) {
    this.part = this.openPart();
  }

  /** Index of the part that the last event went into. */
  get partIndex(): number {
    return this.parts.length - 1;
  }

  /** Writes the event that the reader holds; `inputBytes` is its size as sent. Returns its id. */
  write(event: EventReader, inputBytes: number): string {
    const { events, aliases } = this.part;
    const isFull =
      this.part.inputBytes + inputBytes > PART_INPUT_BYTES || events.rows + aliases.rows >= PART_ROWS;
    if (isFull && events.rows > 0) this.part = this.openPart();
    this.part.inputBytes += inputBytes;
    const { workspaceId, time } = this.receipt;
    const eventId = randomUUID();
    const userId = event.hasUserId ? null : aliasUserId(event.aliases, this.receipt.aliasNamespace, sha1);
    writeEventLine(this.part.events, event, { eventId, time, workspaceId, userId });
    if (userId !== null)
      for (const alias of event.aliases)
        writeSyncAliasLine(this.part.aliases, alias, { eventId: randomUUID(), time, workspaceId, userId });
    return eventId;
  }

  /** The lines of every part, in order. */
  lines(): TypedLines[][] {
    return this.parts.map(({ events, aliases }) => [
      ...(events.rows > 0 ? [eventLines(events)] : []),
      ...(aliases.rows > 0 ? [syncAliasLines(aliases)] : []),
    ]);
  }

  private openPart(): Part {
    const expectedBytes = Math.min(this.bodyBytes, PART_INPUT_BYTES);
    const part = {
      events: new LineBuffer(expectedBytes + expectedBytes / 4 + LINE_OVERHEAD_BYTES),
      aliases: new LineBuffer(NOTHING_YET_BYTES),
      inputBytes: 0,
    };
    this.parts.push(part);
    return part;
  }
}

function eventLines(lines: LineBuffer): TypedLines {
  return { type: 'events', lines, timeOffset: EVENT_TIME_OFFSET };
}

export function syncAliasLines(lines: LineBuffer): TypedLines {
  return { type: 'sync_aliases', lines, timeOffset: SYNC_ALIAS_TIME_OFFSET };
}

function sha1(bytes: Uint8Array): Uint8Array {
  return createHash('sha1').update(bytes).digest();
}
