import { connect } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import {
  AppendOutcomeUnknownError,
  type AppendRequest,
  type EventLog,
} from '@/lib/platform/event-log/event-log';
import type { Logger } from '@/lib/platform/logger';
import { type CollectorSuite, collect, createCollectorSuite } from '@/lib/testing/collector';
import { waitUntil } from '@/lib/testing/wait-until';
import { Gate, wrapEventLog } from '@/lib/testing/wrapped-event-log';
import type { Collector } from './collector';
import type { CollectorLimits } from './limits';

const USER = '2008c38f-dece-4570-976d-87593ed001c3';
const HOUR_MS = 3_600_000;

let suite: CollectorSuite;

beforeAll(async () => {
  suite = await createCollectorSuite();
});
afterAll(() => suite.close());

const event = (name: string) => JSON.stringify({ name, user_id: USER });
const post = (collector: Collector, body: string, headers: Record<string, string> = {}) =>
  collect(collector, '/v2.0/events', { headers: { 'x-api-key': suite.serverKey, ...headers }, body });
const named = async (name: string, workspaceId?: string) =>
  (await suite.lines('events', workspaceId)).filter((line) => line.name === name);
const start = (log: EventLog, limits: Partial<CollectorLimits> = {}) =>
  suite.startCollector({ log, limits: { gatherMs: 5, ...limits } });

describe('the answer', () => {
  test('comes only after the log has the lines', async () => {
    const gate = new Gate();
    const seen: AppendRequest[] = [];
    const log = wrapEventLog(suite.log, async (request, inner) => {
      seen.push(request);
      await gate.passed;
      return inner.append(request);
    });
    const collector = await start(log);
    let answered = false;
    const answer = post(collector, event('Durable')).then((result) => {
      answered = true;
      return result;
    });
    await waitUntil('the append is under way', () => seen.length > 0);
    expect([answered, (await named('Durable')).length]).toEqual([false, 0]);
    gate.open();
    expect((await answer).status).toBe(201);
    expect(await named('Durable')).toHaveLength(1);
  });

  test('is outcome_unknown when nobody knows, with Retry-After', async () => {
    const log = wrapEventLog(suite.log, (request) =>
      Promise.reject(new AppendOutcomeUnknownError(request.appendId, null)),
    );
    const answer = await post(await start(log), event('Unknown'));
    expect(answer).toMatchObject({ status: 503, json: { error: { code: 'outcome_unknown' } } });
    expect(answer.headers.get('retry-after')).toBe('2');
  });

  test('is overloaded when the database was never reached', async () => {
    const log = wrapEventLog(suite.log, () => Promise.reject(new AppError('UNAVAILABLE', 'down')));
    expect(await post(await start(log), event('Down'))).toMatchObject({
      status: 503,
      json: { error: { code: 'overloaded' } },
    });
  });

  test('of one whose key cannot be checked is 503, not 401', async () => {
    const sql = {
      ...suite.sql,
      query: () => Promise.reject(new Error('down')),
    } as unknown as typeof suite.sql;
    const collector = await suite.startCollector({ sql });
    expect((await post(collector, event('NoKey'))).status).toBe(503);
  });
});

test('what is logged about a failure holds neither the key nor the address that carries it', async () => {
  const logged: unknown[] = [];
  const keep = (...given: unknown[]) => logged.push(given);
  const logger = { warn: keep, error: keep } as unknown as Logger;
  const log = wrapEventLog(suite.log, () => Promise.reject(new Error('broken')));
  const collector = await suite.startCollector({ log, logger, limits: { gatherMs: 1 } });
  await collect(collector, `/v2.0/events?k=${suite.browserKey}`, { body: event('Logged') });
  expect(logged).toHaveLength(1);
  expect(inspect(logged, { depth: 10 })).not.toContain(suite.browserKey);
});

describe('a closed hour', () => {
  test('makes the lines anew with the present time; answer, key row and line agree', async () => {
    await post(await start(suite.log), event('First'));
    const thisHourMs = Math.floor(suite.clock.nowMs() / HOUR_MS) * HOUR_MS;
    // The collector believes that it is an hour ago, until it is refused.
    let refusals = 0;
    const clock = {
      isReady: () => true,
      monotonicMs: () => suite.clock.monotonicMs(),
      nowMs: () => (refusals === 0 ? thisHourMs - 1 : suite.clock.nowMs()),
    };
    await suite.sql.query('UPDATE log.stream SET closed_through = to_timestamp($1 / 1000.0)', [thisHourMs]);
    const log = wrapEventLog(suite.log, async (request, inner) => {
      const result = await inner.append(request);
      if (result.kind === 'hour_closed') refusals += 1;
      return result;
    });
    const collector = await suite.startCollector({ log, clock, limits: { gatherMs: 5 } });
    const headers = { 'idempotency-key': 'hour' };
    const answer = await post(collector, event('Late'), headers);
    const [line, ...others] = await named('Late');
    expect([refusals, answer.status, others]).toEqual([1, 201, []]);
    expect(Date.parse(String(line?.time))).toBeGreaterThanOrEqual(thisHourMs);
    expect((answer.json as { time: string }).time).toBe(line?.time);
    expect((await post(collector, event('Late'), headers)).text).toBe(answer.text);
    const { meta } = (await suite.chunks('events')).at(-1) ?? {};
    expect(meta?.hourMs).toBe(thisHourMs);
  });
});

describe('a refused append', () => {
  test('fails only the workspace that causes it', async () => {
    const culprit = await suite.createWorkspace();
    const culpritKey = await suite.createKey('server', culprit);
    const streams = new Set<number>();
    const log = wrapEventLog(suite.log, (request, inner) =>
      request.chunks.some((chunk) => streams.has(chunk.streamId))
        ? Promise.reject(new Error('value out of range'))
        : inner.append(request),
    );
    const collector = await start(log, { gatherMs: 200 });
    await post(collector, event('Before'), { 'x-api-key': culpritKey });
    const { rows } = await suite.sql.query<{ id: number }>(
      'SELECT id FROM log.stream WHERE workspace_id = $1',
      [culprit.workspaceId],
    );
    for (const { id } of rows) streams.add(id);
    const [bad, good] = await Promise.all([
      post(collector, event('Culprit'), { 'x-api-key': culpritKey }),
      post(collector, event('Neighbour')),
    ]);
    expect([bad.status, good.status]).toEqual([500, 201]);
    expect(bad.text).not.toContain('out of range');
    expect(await named('Neighbour')).toHaveLength(1);
  });
});

describe('stopping', () => {
  test('answers what is in flight without waiting for company, and takes no new work', async () => {
    const gate = new Gate();
    const log = wrapEventLog(suite.log, async (request, inner) => {
      await gate.passed;
      return inner.append(request);
    });
    let received = 0;
    const clock = {
      isReady: () => true,
      monotonicMs: () => suite.clock.monotonicMs(),
      nowMs: () => {
        received += 1;
        return suite.clock.nowMs();
      },
    };
    // Without the drain these lines would wait for an hour.
    const collector = await suite.startCollector({ log, clock, limits: { gatherMs: HOUR_MS } });
    const kept = connect(collector.port(), '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => kept.once('connect', resolve));
    const answers = ['Drain1', 'Drain2'].map((name) => post(collector, event(name)));
    await waitUntil('both are received', () => received === 2);
    const stopped = collector.stop(20_000);
    expect(collector.isReady()).toBe(false);
    await expect(post(collector, event('Drain3'))).rejects.toThrow();
    gate.open();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([201, 201]);
    await stopped;
    kept.destroy();
    expect(await named('Drain1')).toHaveLength(1);
    expect(await named('Drain2')).toHaveLength(1);
  });

  test('cuts off at the deadline a client that never finishes its body; nothing of it is stored', async () => {
    const collector = await start(suite.log);
    const client = connect(collector.port(), '127.0.0.1');
    client.write(
      `POST /v2.0/events HTTP/1.1\r\nhost: x\r\nx-api-key: ${suite.serverKey}\r\ncontent-length: 1000\r\n\r\n{"name":"Half"`,
    );
    client.resume().on('error', () => undefined);
    await new Promise((resolve) => client.once('connect', resolve));
    const closed = new Promise((resolve) => client.once('close', resolve));
    await collector.stop(300);
    await closed;
    expect(await named('Half')).toEqual([]);
  });
});

describe('slow clients', () => {
  test.each([
    ['headers', 'POST /v2.0/events HTTP/1.1\r\nhost: x\r\n'],
    ['body', 'POST /v2.0/events?k=KEY HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{'],
  ])('that do not finish their %s in time are cut off', async (_what, firstBytes) => {
    const collector = await suite.startCollector({
      limits: { headersTimeoutMs: 200, requestTimeoutMs: 400 },
    });
    const client = connect(collector.port(), '127.0.0.1');
    client.resume().on('error', () => undefined);
    client.write(firstBytes.replace('KEY', suite.browserKey));
    await new Promise((resolve) => client.once('close', resolve));
  });

  test('beyond the connections that are allowed are not let in', async () => {
    const collector = await suite.startCollector({ limits: { connectionsMax: 2 } });
    const clients = [1, 2, 3].map(() => connect(collector.port(), '127.0.0.1'));
    for (const client of clients) client.resume().on('error', () => undefined);
    await Promise.race(clients.map((client) => new Promise((resolve) => client.once('close', resolve))));
    for (const client of clients) client.destroy();
  });
});
