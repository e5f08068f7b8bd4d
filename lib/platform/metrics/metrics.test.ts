import { expect, test } from 'vitest';
import { AppendOutcomeUnknownError, type EventLog } from '@/lib/platform/event-log/event-log';
import type { ObjectStore, PutRequest, StoreAnswer } from '@/lib/platform/object-store/object-store';
import { measureAppends } from './measure-appends';
import { measureStore } from './measure-store';
import { createProcessMetrics } from './process-metrics';

const unused = () => Promise.reject(new Error('not part of this test'));

function storeThatAnswers(answer: StoreAnswer<{ etag: string }>): ObjectStore {
  return {
    putIfAbsent: async () => answer,
    head: unused,
    list: unused,
    remove: unused,
    close: () => undefined,
  };
}

function logThatAnswers(append: EventLog['append']): EventLog {
  const read = () => {
    throw new Error('not part of this test');
  };
  return { append, head: unused, scan: unused, read, findIdempotency: unused };
}

const put = { body: Buffer.from('1234567') } as PutRequest;
const request = {
  appendId: 'a',
  chunks: [{ rows: 3, rawBytes: 90, body: Buffer.from('12') }],
  idempotency: [],
} as unknown as Parameters<EventLog['append']>[0];

test('a process says of itself which version it is and how it fares', async () => {
  const metrics = createProcessMetrics('worker');
  const text = await metrics.text();
  expect(metrics.contentType).toContain('text/plain');
  expect(text).toMatch(/^sluice_build_info\{version="[^"]+",role="worker"\} 1$/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
});

test('calls to a bucket are counted by status and never by a code that the bucket made up', async () => {
  const { registry, text } = createProcessMetrics('worker');
  const answers: StoreAnswer<{ etag: string }>[] = [
    { kind: 'ok', value: { etag: '"e"' }, requestId: null, httpStatus: 200 },
    { kind: 'error', httpStatus: 403, code: 'Made"Up\n', message: '', requestId: null },
    { kind: 'error', httpStatus: null, code: 'ECONNRESET', message: '', requestId: null },
  ];
  const queue = [...answers];
  const store = measureStore(
    { ...storeThatAnswers(answers[0]!), putIfAbsent: async () => queue.shift()! },
    registry,
  );
  for (const answer of answers) expect(await store.putIfAbsent(put)).toEqual(answer);
  const lines = await text();
  expect(lines).toContain('sluice_store_requests_total{operation="put",status="200"} 1');
  expect(lines).toContain('sluice_store_requests_total{operation="put",status="403"} 1');
  expect(lines).toContain('sluice_store_requests_total{operation="put",status="none"} 1');
  expect(lines).toContain('sluice_store_put_bytes_total 7');
  expect(lines).toContain('sluice_store_request_duration_seconds_count{operation="put"} 3');
  expect(lines).not.toContain('Made');
});

test('appends are counted by outcome, and lines only once they are stored', async () => {
  const { registry, text } = createProcessMetrics('collector');
  const outcomes: (() => Promise<Awaited<ReturnType<EventLog['append']>>>)[] = [
    async () => ({ kind: 'stored', offsets: [0] }),
    async () => ({ kind: 'hour_closed', chunkIndexes: [0] }),
    () => Promise.reject(new AppendOutcomeUnknownError('a', null)),
    () => Promise.reject(new Error('down')),
  ];
  const log = measureAppends(
    logThatAnswers(() => outcomes.shift()!()),
    registry,
  );
  await log.append(request);
  await log.append(request);
  await expect(log.append(request)).rejects.toThrow(AppendOutcomeUnknownError);
  await expect(log.append(request)).rejects.toThrow('down');
  const lines = await text();
  for (const outcome of ['stored', 'hour_closed', 'unknown', 'failed'])
    expect(lines).toContain(`sluice_log_appends_total{outcome="${outcome}"} 1`);
  expect(lines).toContain('sluice_log_appended_events_total 3');
  expect(lines).toContain('sluice_log_appended_raw_bytes_total 90');
  expect(lines).toContain('sluice_log_appended_bytes_total 2');
  expect(lines).toContain('sluice_log_append_duration_seconds_count 4');
});
