import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { LineBuffer } from '@/lib/domain/event/line-buffer';
import { ManualClock } from '@/lib/platform/clock';
import { AppendOutcomeUnknownError, type EventLog } from '@/lib/platform/event-log/event-log';
import { MemoryEventLog } from '@/lib/testing/memory-event-log';
import { wrapEventLog } from '@/lib/testing/wrapped-event-log';
import { type Stored, storeUnits } from './store-units';
import { toTime, Unit } from './unit';

const HOUR_MS = 3_600_000;
const START_MS = 1_768_485_600_000;

function open() {
  const log = new MemoryEventLog();
  const clock = new ManualClock(START_MS);
  const streamId = log.createStream();
  const unitOf = (key: string | null, workspaceId = 'w', stream = streamId) => {
    const lines = new LineBuffer(0);
    lines.ascii(`{"time":"${toTime(clock.nowMs())}"}`);
    lines.endLine();
    const row = { workspaceId, call: 'events', bodyHash: Buffer.from('h'), status: 201 };
    return new Unit({
      workspaceId,
      lines: [{ streamId: stream, lines, timeOffset: 9 }],
      receivedAtMs: clock.nowMs(),
      keyRow: key === null ? null : (ms) => ({ ...row, key, answer: Buffer.from(toTime(ms)) }),
    });
  };
  /** What became of each unit, errors as their messages. */
  const store = async (units: readonly Unit[], to: EventLog = log): Promise<string[]> => {
    const outcomes = new Map<number, string>();
    const waiting = units.map((unit, index) => ({
      unit,
      resolve: (stored: Stored) => void outcomes.set(index, stored),
      reject: (error: unknown) => void outcomes.set(index, String(error)),
    }));
    await storeUnits({ log: to, clock, deflateLevel: 1, newId: randomUUID }, waiting);
    return units.map((_, index) => outcomes.get(index) ?? 'unsettled');
  };
  return { log, clock, streamId, unitOf, store };
}

describe('units stored together', () => {
  test('a known key drops out alone; its neighbours are stored once', async () => {
    const { log, streamId, unitOf, store } = open();
    expect(await store([unitOf('a')])).toEqual(['stored']);
    expect(await store([unitOf(null), unitOf('a'), unitOf('b')])).toEqual(['stored', 'key_exists', 'stored']);
    expect((await log.head(streamId)).rowsTotal).toBe(3);
  });

  test('a closed hour gives all of them the present time, their key rows too', async () => {
    const { log, clock, streamId, unitOf, store } = open();
    const units = [unitOf(null), unitOf('a')];
    log.closeHours(streamId, START_MS + HOUR_MS);
    clock.advance(HOUR_MS);
    expect(await store(units)).toEqual(['stored', 'stored']);
    expect(units.map((unit) => unit.timeMs)).toEqual([START_MS + HOUR_MS, START_MS + HOUR_MS]);
    const row = await log.findIdempotency('w', 'events', 'a');
    expect(row?.answer.toString()).toBe(toTime(START_MS + HOUR_MS));
    expect((await log.scan(streamId, 0, 10)).map((chunk) => chunk.hourMs)).toEqual([START_MS + HOUR_MS]);
  });

  test('an hour that is closed for ever fails them instead of trying without end', async () => {
    const { log, streamId, unitOf, store } = open();
    log.closeHours(streamId, START_MS + HOUR_MS);
    expect((await store([unitOf(null)]))[0]).toContain('Nothing was stored');
  });

  test('a refusal fails one workspace only', async () => {
    const { log, unitOf, store } = open();
    const bad = log.createStream();
    const refusing = wrapEventLog(log, (request, inner) =>
      request.chunks.some((chunk) => chunk.streamId === bad)
        ? Promise.reject(new Error('refused'))
        : inner.append(request),
    );
    expect(await store([unitOf(null), unitOf(null, 'v', bad), unitOf('a')], refusing)).toEqual([
      'stored',
      'Error: refused',
      'stored',
    ]);
  });

  test('nothing is tried again after an append of unknown outcome', async () => {
    const { log, unitOf, store } = open();
    let appends = 0;
    const unknown = wrapEventLog(log, (request) => {
      appends += 1;
      return Promise.reject(new AppendOutcomeUnknownError(request.appendId, null));
    });
    const outcomes = await store([unitOf(null), unitOf(null, 'v')], unknown);
    expect(outcomes.every((outcome) => outcome.includes('is not known'))).toBe(true);
    expect(appends).toBe(1);
  });
});
