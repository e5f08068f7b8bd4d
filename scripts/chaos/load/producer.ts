import { setTimeout as pause } from 'node:timers/promises';
import type { SeededRandom } from '@/scripts/chaos/seeded-random';
import type { Door } from './doors';
import { post } from './post';
import type { Fate, SendRecord } from './send-record';

export interface ProducerOptions {
  /** Starts every mark that it sends. */
  readonly name: string;
  readonly door: Door;
  readonly eventsPerRequest: number;
  readonly pauseMs: number;
  /** With a key it sends again until it is answered; without one it never does. */
  readonly isKeyed: boolean;
  readonly serverKey: string;
  readonly collectorUrls: readonly string[];
  readonly record: SendRecord;
  readonly random: SeededRandom;
}

const REQUEST_DEADLINE_MS = 12_000;
/** What a producer may be asked to do again. */
const AGAIN = new Set([408, 409, 429, 503]);

/** Sends until `signal` is aborted, then brings its last request to an answer. */
export async function produce(options: ProducerOptions, signal: AbortSignal): Promise<void> {
  for (let request = 1; !signal.aborted; request += 1) {
    const marks = Array.from(
      { length: options.eventsPerRequest },
      (_, i) => `${options.name}.${request}.${i}`,
    );
    await sendOnce(options, request, marks);
    await pause(options.pauseMs * (0.5 + options.random.next()));
  }
}

async function sendOnce(options: ProducerOptions, request: number, marks: readonly string[]): Promise<void> {
  const { record, random, serverKey, isKeyed } = options;
  const portion = options.door(marks, random);
  record.open(marks, { type: portion.type, nameOf: (index) => portion.names[index] ?? '' });
  const idempotencyKey = isKeyed ? `${options.name}.${request}` : null;
  for (let tries = 0; ; tries += 1) {
    const url = random.pick(options.collectorUrls);
    const call = { ...portion, serverKey, idempotencyKey, deadlineMs: REQUEST_DEADLINE_MS };
    const reply = await post(url, call);
    if (reply?.status === portion.status) {
      if (!portion.isWhole(reply.body))
        record.wrongAnswers.push(`${portion.path} did not accept all: ${JSON.stringify(reply.body)}`);
      return record.settle(marks, 'acked');
    }
    if (reply !== null && !AGAIN.has(reply.status)) {
      record.wrongAnswers.push(`${portion.path} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
      return record.settle(marks, 'unknown');
    }
    if (!isKeyed) return record.settle(marks, fateOf(reply));
    await pause(200 + random.int(0, 300) + Math.min(tries, 8) * 200);
  }
}

/** A 503 with the code `overloaded` promises that nothing was stored. */
function fateOf(reply: { body: unknown } | null): Fate {
  const error = (reply?.body as { error?: { code?: unknown } } | null)?.error;
  return error?.code === 'overloaded' ? 'refused' : 'unknown';
}
