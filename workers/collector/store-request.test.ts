import { expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { LineBuffer } from '@/lib/domain/event/line-buffer';
import { AppendOutcomeUnknownError, type EventLog } from '@/lib/platform/event-log/event-log';
import { MemoryEventLog } from '@/lib/testing/memory-event-log';
import { toCollectionError } from './collection-error';
import type { Gatherer } from './gatherer';
import type { PreparedPart } from './prepared';
import { storeRequest } from './store-request';

function partOf(): PreparedPart {
  const lines = new LineBuffer(0);
  lines.ascii('{"time":"2026-01-15T14:00:00.000Z"}');
  lines.endLine();
  return { lines: [{ type: 'events', lines, timeOffset: 9 }], fragment: () => Buffer.alloc(0) };
}

/** The code of the answer to a request whose earlier parts fail in this way, one after the other. */
async function answerTo(failures: readonly unknown[]): Promise<string | number> {
  const left = [...failures];
  const gatherer: Pick<Gatherer, 'store'> = { store: () => Promise.reject(left.shift()) };
  const log: EventLog = new MemoryEventLog();
  const parts = Array.from({ length: failures.length + 1 }, partOf);
  const prepared = { status: 200, receivedAtMs: 0, refused: null, parts, assemble: () => Buffer.alloc(0) };
  const deps = { log, gatherer: gatherer as Gatherer, streamOf: async () => 1 };
  const storing = storeRequest(deps, { workspaceId: 'w', prepared, keyed: null });
  return storing.then(
    () => 'stored',
    (error: unknown) => toCollectionError(error).code,
  );
}

const AWAY = new AppError('UNAVAILABLE', 'The log was never reached');
const UNKNOWN = new AppendOutcomeUnknownError('a', null);

test.for([
  ['overloaded', [AWAY, AWAY]],
  ['outcome_unknown', [UNKNOWN, AWAY]],
  ['outcome_unknown', [AWAY, UNKNOWN]],
] as const)(
  'a request of parts says "%s" when no part is known to be stored: %s',
  async ([code, failures]) => {
    expect(await answerTo(failures)).toBe(code);
  },
);
