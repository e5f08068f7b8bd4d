import { createHash } from 'node:crypto';
import type { DataType } from '@/lib/domain/data-type';
import { EVENT_TIME_OFFSET } from '@/lib/domain/event/event-line';
import { LineBuffer } from '@/lib/domain/event/line-buffer';
import { SYNC_ALIAS_TIME_OFFSET } from '@/lib/domain/event/sync-alias-line';
import type { KeyedRequest } from '@/workers/collector/idempotency';
import type { Prepared, PreparedPart, TypedLines } from '@/workers/collector/prepared';
import { toTime } from '@/workers/collector/unit';

/** A line as its producer knows it. `id` is unique and stands in the line as `event_id`. */
export interface ProducedLine {
  readonly id: string;
  readonly type: Extract<DataType, 'events' | 'sync_aliases'>;
  readonly name: string;
}

/** What a producer sends, as often as it likes: the same lines each time. */
export class ProducedRequest {
  readonly keyed: KeyedRequest | null;

  constructor(
    readonly workspaceId: string,
    /** One entry per part; most requests have one. */
    readonly parts: readonly (readonly ProducedLine[])[],
    private readonly options: {
      readonly key: string | null;
      readonly padding: number;
      readonly body?: string;
    },
  ) {
    const { key } = options;
    const body =
      options.body ??
      parts
        .flat()
        .map(({ id }) => id)
        .join();
    const bodyHash = createHash('sha256').update(body).digest();
    this.keyed = key === null ? null : { workspaceId, call: 'events', key, bodyHash };
  }

  get lines(): readonly ProducedLine[] {
    return this.parts.flat();
  }

  /** What collection makes of the body. The answer tells of each line when it was received. */
  prepare(receivedAtMs: number): Prepared {
    const time = toTime(receivedAtMs);
    return {
      status: 200,
      receivedAtMs,
      refused: null,
      parts: this.parts.map((lines) => this.#part(lines, time)),
      assemble: (fragments) => Buffer.concat(fragments),
    };
  }

  #part(produced: readonly ProducedLine[], time: string): PreparedPart {
    const types = new Set(produced.map(({ type }) => type));
    const lines = [...types].map((type) =>
      this.#lines(
        produced.filter((line) => line.type === type),
        time,
      ),
    );
    return {
      lines,
      fragment: (receivedAt) => Buffer.from(produced.map(({ id }) => `${id} ${receivedAt}\n`).join('')),
    };
  }

  #lines(produced: readonly ProducedLine[], time: string): TypedLines {
    const lines = new LineBuffer(produced.length * (160 + this.options.padding));
    const isEvents = produced[0]?.type === 'events';
    for (const { id, name } of produced) {
      const properties = `"properties":{"p":"${'x'.repeat(this.options.padding)}"}}`;
      lines.ascii(
        isEvents
          ? `{"event_id":"${id}","time":"${time}","name":"${name}","workspace_id":"${this.workspaceId}",${properties}`
          : `{"time":"${time}","workspace_id":"${this.workspaceId}","event_id":"${id}"}`,
      );
      lines.endLine();
    }
    const timeOffset = isEvents ? EVENT_TIME_OFFSET : SYNC_ALIAS_TIME_OFFSET;
    return { type: isEvents ? 'events' : 'sync_aliases', lines, timeOffset };
  }
}
