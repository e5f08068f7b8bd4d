import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

export interface ProducerOptions {
  /** Collectors to send to; a retry goes to the next one. */
  readonly urls: () => readonly string[];
  readonly serverKey: string;
  /** Producers that retry with an Idempotency-Key until they are told that their lines are stored. */
  readonly keyed: number;
  /** Producers without a key, who send each request once. */
  readonly unkeyed: number;
  readonly eventsPerRequest: number;
}

export interface Producers {
  /** Ids whose request was answered with success. */
  readonly acked: ReadonlySet<string>;
  /** Ids of requests without a key that were not. */
  readonly unacked: ReadonlySet<string>;
  /** Sends nothing new; resolves once every request with a key has been acknowledged. */
  stop(): Promise<void>;
}

const USER = '2008c38f-dece-4570-976d-87593ed001c3';
const ANSWER_DEADLINE_MS = 40_000;
const RETRY_MS = 100;
const BETWEEN_MS = 20;
const LAST_ACK_DEADLINE_MS = 90_000;

/** Starts sending events, each with an id of its own as `properties.mark`, until stopped. */
export function startProducers(options: ProducerOptions): Producers {
  const acked = new Set<string>();
  const unacked = new Set<string>();
  let isStopped = false;
  let giveUpAtMs = Number.POSITIVE_INFINITY;
  const produce = async (isKeyed: boolean) => {
    while (!isStopped) {
      const marks = Array.from({ length: options.eventsPerRequest }, () => randomUUID());
      const send = { marks, key: isKeyed ? randomUUID() : null, turn: 0 };
      let isAcked = await sendOnce(options, send);
      while (isKeyed && !isAcked) {
        if (performance.now() > giveUpAtMs)
          throw new Error('A producer was never told that its lines are stored');
        await pause(RETRY_MS);
        send.turn += 1;
        isAcked = await sendOnce(options, send);
      }
      for (const mark of marks) (isAcked ? acked : unacked).add(mark);
      await pause(BETWEEN_MS);
    }
  };
  const kinds = [...Array<boolean>(options.keyed).fill(true), ...Array<boolean>(options.unkeyed).fill(false)];
  const running = Promise.all(kinds.map(produce));
  // Whatever comes of it is awaited by stop; until then a rejection is nobody's.
  running.catch(() => undefined);
  return {
    acked,
    unacked,
    stop: async () => {
      isStopped = true;
      giveUpAtMs = performance.now() + LAST_ACK_DEADLINE_MS;
      await running;
    },
  };
}

/** True when the collector said that every event is stored; false when it said or meant anything else. */
async function sendOnce(
  options: ProducerOptions,
  { marks, key, turn }: { marks: readonly string[]; key: string | null; turn: number },
): Promise<boolean> {
  const urls = options.urls();
  const url = urls[turn % urls.length];
  const body = JSON.stringify(marks.map((mark) => ({ name: 'Sent', user_id: USER, properties: { mark } })));
  try {
    const response = await fetch(`${url}/v2.0/batch/events`, {
      method: 'POST',
      headers: {
        'x-api-key': options.serverKey,
        'content-type': 'application/json',
        ...(key === null ? {} : { 'idempotency-key': key }),
      },
      body,
      signal: AbortSignal.timeout(ANSWER_DEADLINE_MS),
    });
    const text = await response.text();
    if (response.status !== 200) return false;
    const codes = (JSON.parse(text) as { code: number }[]).map(({ code }) => code);
    return codes.length === marks.length && codes.every((code) => code < 300);
  } catch {
    return false;
  }
}
