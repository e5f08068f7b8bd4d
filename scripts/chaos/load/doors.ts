import { gzipSync } from 'node:zlib';
import { realisticEvent } from '@/dev/demo-traffic/realistic-event';
import type { SeededRandom } from '@/scripts/chaos/seeded-random';

/** One request: what is sent, and how its success looks. */
export interface Portion {
  readonly path: string;
  readonly method?: 'PUT';
  readonly type: 'events' | 'sync_aliases';
  readonly body: Buffer;
  readonly isGzip?: boolean;
  readonly status: number;
  /** Of each mark. */
  readonly names: readonly string[];
  /** True when the answer says that every event of it was accepted. */
  readonly isWhole: (answer: unknown) => boolean;
}

export type Door = (marks: readonly string[], random: SeededRandom) => Portion;

/** One event through the door of browsers and SDKs. */
export const eventDoor: Door = ([mark = '']) => {
  const event = markedEvent(mark);
  return {
    path: '/v2.0/events',
    type: 'events',
    body: Buffer.from(JSON.stringify(event)),
    status: 201,
    names: [event.name],
    isWhole: () => true,
  };
};

export const batchDoor: Door = (marks) => {
  const events = marks.map(markedEvent);
  return {
    path: '/v2.0/batch/events',
    type: 'events',
    body: Buffer.from(JSON.stringify(events)),
    status: 200,
    names: events.map(({ name }) => name),
    isWhole: (answer) =>
      Array.isArray(answer) && answer.length === marks.length && answer.every(({ code }) => code === 200),
  };
};

export const ndjsonDoor: Door = (marks, random) => {
  const events = marks.map(markedEvent);
  const raw = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const isGzip = random.chance(0.5);
  return {
    path: '/v2.0/ndjson?type=events',
    type: 'events',
    body: isGzip ? gzipSync(raw) : raw,
    isGzip,
    status: 200,
    names: events.map(({ name }) => name),
    isWhole: (answer) => (answer as { accepted?: unknown } | null)?.accepted === marks.length,
  };
};

/** The marks are the aliases of one person. */
export const identifyDoor: Door = (marks) => ({
  path: '/v2.0/identify',
  type: 'sync_aliases',
  body: Buffer.from(
    JSON.stringify({
      user_id: crypto.randomUUID(),
      aliases: marks.map((id, priority) => ({ tag: 'chaos', id, priority })),
    }),
  ),
  status: 200,
  names: marks.map(() => ''),
  isWhole: () => true,
});

function markedEvent(mark: string): { name: string } & Record<string, unknown> {
  const event = realisticEvent();
  const properties = { ...(event.properties as Record<string, unknown>), mark };
  return { ...event, name: String(event.name), properties };
}
