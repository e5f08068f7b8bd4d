import { setTimeout as pause } from 'node:timers/promises';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { appendLines, numberedLines, type TestRouting } from '@/lib/testing/routing';

const EVERY_MS = 1_000;
const LINES = 20;

/** Steady traffic on every routing's stream until it is stopped. */
export function startTrickle(log: EventLog, routings: readonly TestRouting[]): { stop(): Promise<void> } {
  let isOver = false;
  const flow = async ({ streamId, routingId }: TestRouting, index: number) => {
    await pause((index % 10) * (EVERY_MS / 10));
    for (let count = 0; !isOver; count += LINES) {
      await appendLines(log, streamId, numberedLines(routingId, LINES, count));
      await pause(EVERY_MS);
    }
  };
  const running = Promise.all(routings.map(flow));
  return {
    stop: async () => {
      isOver = true;
      await running;
    },
  };
}
