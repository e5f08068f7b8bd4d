import type { SeededRandom } from '@/scripts/chaos/seeded-random';
import type { Stage } from '@/scripts/chaos/stage/stage';
import { batchDoor, type Door, eventDoor, identifyDoor, ndjsonDoor } from './doors';
import { produce } from './producer';
import { produceSegments } from './segment-producer';
import { SendRecord } from './send-record';

export interface Load {
  /** By workspace. */
  readonly records: ReadonlyMap<string, SendRecord>;
  /** Ends the producers once each has an answer to its last request. */
  stop(): Promise<void>;
}

interface Kind {
  readonly name: string;
  readonly door: Door;
  readonly eventsPerRequest: number;
  readonly pauseMs: number;
  readonly isKeyed: boolean;
}

/** About 130 events a second and workspace: enough to be at work everywhere, little enough for two processors. */
const KINDS: readonly Kind[] = [
  { name: 'event', door: eventDoor, eventsPerRequest: 1, pauseMs: 100, isKeyed: true },
  { name: 'event-once', door: eventDoor, eventsPerRequest: 1, pauseMs: 100, isKeyed: false },
  { name: 'batch', door: batchDoor, eventsPerRequest: 25, pauseMs: 800, isKeyed: true },
  { name: 'batch-once', door: batchDoor, eventsPerRequest: 10, pauseMs: 1_000, isKeyed: false },
  { name: 'ndjson', door: ndjsonDoor, eventsPerRequest: 60, pauseMs: 1_000, isKeyed: true },
  { name: 'identify', door: identifyDoor, eventsPerRequest: 2, pauseMs: 300, isKeyed: true },
];
const SEGMENTS_PAUSE_MS = 7_000;

/** Starts the producers of every workspace, each on its own. */
export function startLoad(stage: Stage, random: SeededRandom): Load {
  const stopping = new AbortController();
  const records = new Map<string, SendRecord>();
  const running: Promise<void>[] = [];
  for (const [index, { workspaceId, serverKey }] of stage.workspaces.entries()) {
    const record = new SendRecord();
    records.set(workspaceId, record);
    const common = { serverKey, collectorUrls: stage.collectorUrls, record };
    for (const kind of KINDS) {
      const options = { ...kind, ...common, name: `${kind.name}-${index + 1}`, random: random.fork() };
      running.push(produce(options, stopping.signal));
    }
    const name = `segments-${index + 1}`;
    const segments = { ...common, name, pauseMs: SEGMENTS_PAUSE_MS, random: random.fork() };
    running.push(produceSegments(segments, stopping.signal));
  }
  return {
    records,
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
