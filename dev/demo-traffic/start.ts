import { realisticEvent } from './realistic-event';

export interface DemoTraffic {
  stop(): Promise<void>;
}

const INTERVAL_MS = 1_000;
const EVENTS_PER_BATCH_MAX = 40;

/** Sends a small, uneven stream of events to the collector until stopped; a refused batch is simply not sent again. */
export function startDemoTraffic(target: { collectorUrl: string; serverKey: string }): DemoTraffic {
  let inFlight: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    inFlight = sendBatch(target);
  }, INTERVAL_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await inFlight;
    },
  };
}

async function sendBatch(target: { collectorUrl: string; serverKey: string }): Promise<void> {
  const count = 1 + Math.floor(Math.random() * EVENTS_PER_BATCH_MAX);
  try {
    const response = await fetch(`${target.collectorUrl}/v2.0/batch/events`, {
      method: 'POST',
      headers: { 'X-API-Key': target.serverKey, 'Content-Type': 'application/json' },
      body: JSON.stringify(Array.from({ length: count }, realisticEvent)),
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
  } catch {
    // The collector is busy or going down: demo traffic is worth no retry.
  }
}
