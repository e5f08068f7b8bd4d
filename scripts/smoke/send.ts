import { randomUUID } from 'node:crypto';
import { realisticEvent } from '@/dev/demo-traffic/realistic-event';

export interface SendPlan {
  readonly collectorUrl: string;
  readonly serverKey: string;
  readonly clients: number;
  readonly events: number;
  /** Called once when half of the events are accepted. */
  readonly atHalf: () => Promise<void>;
}

const BATCH = 100;
const NDJSON = 250;
const DEADLINE_MS = 30_000;

type Door = (target: SendPlan, ids: readonly string[]) => Promise<void>;

const singleDoor: Door = async (target, ids) => {
  for (const id of ids) await post(target, '/v2.0/events', JSON.stringify(markedEvent(id)), 201);
};

const batchDoor: Door = async (target, ids) => {
  const answer = await post(target, '/v2.0/batch/events', JSON.stringify(ids.map(markedEvent)), 200);
  const codes = (JSON.parse(answer) as Array<{ code: number }>).map((item) => item.code);
  if (codes.length !== ids.length || codes.some((code) => code >= 300))
    throw new Error(`The batch was not accepted whole: ${answer.slice(0, 300)}`);
};

const ndjsonDoor: Door = async (target, ids) => {
  const answer = await post(
    target,
    '/v2.0/ndjson?type=events',
    ids.map((id) => `${JSON.stringify(markedEvent(id))}\n`).join(''),
    200,
  );
  const { accepted } = JSON.parse(answer) as { accepted: number };
  if (accepted !== ids.length) throw new Error(`NDJSON was not accepted whole: ${answer.slice(0, 300)}`);
};

/** Sends the events through all three doors from several clients at once; returns the marks of what was accepted. */
export async function sendEvents(plan: SendPlan): Promise<Set<string>> {
  const portions = makePortions(plan.events);
  const accepted = new Set<string>();
  let half: Promise<void> | null = null;
  const client = async () => {
    for (let portion = portions.pop(); portion !== undefined; portion = portions.pop()) {
      await portion.door(plan, portion.ids);
      for (const id of portion.ids) accepted.add(id);
      if (accepted.size >= plan.events / 2) half ??= plan.atHalf();
    }
  };
  await Promise.all(Array.from({ length: plan.clients }, client));
  await half;
  return accepted;
}

// A tenth one by one, the rest shared by batches and NDJSON; mixed so that every client uses every door.
function makePortions(events: number): Array<{ door: Door; ids: string[] }> {
  const portions: Array<{ door: Door; ids: string[] }> = [];
  let left = events;
  const cycle: Array<[Door, number]> = [
    [singleDoor, 40],
    [batchDoor, BATCH],
    [ndjsonDoor, NDJSON],
  ];
  for (let turn = 0; left > 0; turn += 1) {
    const [door, size] = cycle[turn % cycle.length] ?? [batchDoor, BATCH];
    const count = Math.min(size, left);
    portions.push({ door, ids: Array.from({ length: count }, () => randomUUID()) });
    left -= count;
  }
  return portions;
}

function markedEvent(mark: string): Record<string, unknown> {
  const event = realisticEvent();
  return { ...event, properties: { ...(event.properties as Record<string, unknown>), mark } };
}

async function post(target: SendPlan, path: string, body: string, expected: number): Promise<string> {
  const response = await fetch(`${target.collectorUrl}${path}`, {
    method: 'POST',
    headers: { 'X-API-Key': target.serverKey, 'Content-Type': 'application/json' },
    body,
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const text = await response.text();
  if (response.status !== expected)
    throw new Error(`POST ${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return text;
}
