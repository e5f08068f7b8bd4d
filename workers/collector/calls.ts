import { prepareBatch } from './batch-call';
import type { Receipt } from './event-writer';
import { prepareIdentify } from './identify-call';
import { prepareNdjson } from './ndjson-call';
import type { Prepared } from './prepared';
import { prepareSingle } from './single-call';

export type CallName = 'events' | 'batch' | 'identify' | 'segments' | 'ndjson';

export interface Call {
  readonly name: CallName;
  readonly method: 'POST' | 'PUT';
  readonly serverOnly: boolean;
}

/** Browser keys are public by nature, so only these calls take them, and only these answer other origins. */
const CALLS: Readonly<Record<string, Call>> = {
  '/v2.0/events': { name: 'events', method: 'POST', serverOnly: false },
  '/v2.0/batch/events': { name: 'batch', method: 'POST', serverOnly: false },
  '/v2.0/identify': { name: 'identify', method: 'POST', serverOnly: false },
  '/v2.0/segments': { name: 'segments', method: 'PUT', serverOnly: true },
  '/v2.0/ndjson': { name: 'ndjson', method: 'POST', serverOnly: true },
};

export function findCall(path: string): Call | null {
  return Object.hasOwn(CALLS, path) ? (CALLS[path] ?? null) : null;
}

interface Given {
  readonly body: Buffer;
  readonly receipt: Receipt;
  readonly query: URLSearchParams;
}

/** Understands the body of a call whose lines are gathered; throws what the client is answered. */
export function prepare(name: Exclude<CallName, 'segments'>, given: Given): Prepared | Promise<Prepared> {
  switch (name) {
    case 'events':
      return prepareSingle(given.body, given.receipt, given.query);
    case 'batch':
      return prepareBatch(given.body, given.receipt);
    case 'identify':
      return prepareIdentify(given.body, given.receipt);
    case 'ndjson':
      return prepareNdjson(given.body, given.receipt, given.query);
  }
}
