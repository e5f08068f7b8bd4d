import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppendRequest, EventLog } from '@/lib/platform/event-log/event-log';
import { type CollectorSuite, collect, createCollectorSuite } from '@/lib/testing/collector';
import { waitUntil } from '@/lib/testing/wait-until';
import { Gate, wrapEventLog } from '@/lib/testing/wrapped-event-log';
import type { Collector } from './collector';

const USER = '2008c38f-dece-4570-976d-87593ed001c3';

let suite: CollectorSuite;
let collector: Collector;
let other: Collector;

beforeAll(async () => {
  suite = await createCollectorSuite();
  collector = await suite.startCollector({ limits: { gatherMs: 5 } });
  other = await suite.startCollector({ limits: { gatherMs: 5 } });
});
afterAll(() => suite.close());

const event = (name: string, n = 0) => ({ name, user_id: USER, properties: { n } });
const send = (
  to: Collector,
  path: string,
  given: { key: string; body: unknown; apiKey?: string; method?: string },
) =>
  collect(to, path, {
    method: given.method ?? 'POST',
    headers: { 'x-api-key': given.apiKey ?? suite.serverKey, 'idempotency-key': given.key },
    body: typeof given.body === 'string' ? given.body : JSON.stringify(given.body),
  });
const named = async (name: string) => (await suite.lines('events')).filter((line) => line.name === name);

describe('a retry with the same key', () => {
  test.each([
    ['/v2.0/events', 'KeySingle', event('KeySingle')],
    ['/v2.0/batch/events', 'KeyBatch', [event('KeyBatch'), { name: 'no user' }]],
    ['/v2.0/ndjson', 'KeyNdjson', `${JSON.stringify(event('KeyNdjson'))}\n{}`],
  ])('of %s stores nothing and gets the first answer, at any collector', async (path, name, body) => {
    const first = await send(collector, path, { key: 'same', body });
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    for (const to of [collector, other]) {
      const retry = await send(to, path, { key: 'same', body });
      expect([retry.status, retry.text]).toEqual([first.status, first.text]);
      expect(retry.headers.get('idempotency-replayed')).toBe('true');
    }
    expect(await named(name)).toHaveLength(1);
  });

  test('of identify stores its aliases once, also when there are none', async () => {
    const body = { user_id: USER, aliases: [{ tag: 'once', id: '1' }] };
    await send(collector, '/v2.0/identify', { key: 'i1', body });
    await send(other, '/v2.0/identify', { key: 'i1', body });
    expect((await suite.lines('sync_aliases')).filter(({ tag }) => tag === 'once')).toHaveLength(1);
    const none = { user_id: USER, aliases: [] };
    await send(collector, '/v2.0/identify', { key: 'i2', body: none });
    expect((await send(other, '/v2.0/identify', { key: 'i2', body })).status).toBe(422);
  });

  test('of a batch in which nothing was good gets the first answer too', async () => {
    const first = await send(collector, '/v2.0/batch/events', { key: 'bad', body: [7] });
    const retry = await send(other, '/v2.0/batch/events', { key: 'bad', body: [7] });
    expect([retry.text, retry.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
  });

  test('and another body is refused with 422', async () => {
    await send(collector, '/v2.0/events', { key: 'reused', body: event('Reused') });
    for (const to of [collector, other]) {
      const answer = await send(to, '/v2.0/events', { key: 'reused', body: event('Reused', 1) });
      expect(answer).toMatchObject({ status: 422, json: { error: { code: 'key_reused' } } });
    }
    expect(await named('Reused')).toHaveLength(1);
  });

  test('is another request in another call or another workspace', async () => {
    const workspace = await suite.createWorkspace();
    const apiKey = await suite.createKey('server', workspace);
    const body = event('Scoped');
    expect((await send(collector, '/v2.0/events', { key: 'scope', body })).status).toBe(201);
    expect((await send(collector, '/v2.0/events', { key: 'scope', body, apiKey })).status).toBe(201);
    expect((await send(collector, '/v2.0/ndjson', { key: 'scope', body })).status).toBe(200);
    expect(await named('Scoped')).toHaveLength(2);
    expect(await suite.lines('events', workspace.workspaceId)).toHaveLength(1);
  });

  test('after a refused request starts afresh', async () => {
    expect((await send(collector, '/v2.0/events', { key: 'fix', body: { name: 'Fixed' } })).status).toBe(400);
    expect((await send(collector, '/v2.0/events', { key: 'fix', body: event('Fixed') })).status).toBe(201);
  });

  test('must be printable', async () => {
    const answer = await send(collector, '/v2.0/events', { key: 'x'.repeat(256), body: event('Long') });
    expect(answer).toMatchObject({ status: 400, json: { error: { code: 1000 } } });
  });
});

describe('concurrent requests with one key', () => {
  test('at one collector: while the first is in flight the others get 409', async () => {
    const gate = new Gate();
    let appends = 0;
    const log = wrapEventLog(suite.log, async (request, inner) => {
      appends += 1;
      await gate.passed;
      return inner.append(request);
    });
    const gated = await suite.startCollector({ log, limits: { gatherMs: 1 } });
    const race = () => send(gated, '/v2.0/events', { key: 'race1', body: event('Race1') });
    const first = race();
    await waitUntil('the first is being stored', () => appends === 1);
    const others = await Promise.all([race(), race(), race()]);
    expect(others.map(({ status }) => status)).toEqual([409, 409, 409]);
    gate.open();
    expect((await first).status).toBe(201);
    expect((await race()).text).toBe((await first).text);
    expect(await named('Race1')).toHaveLength(1);
  });

  test('at two collectors: stored once, and both get the same answer', async () => {
    for (let round = 0; round < 10; round += 1) {
      const name = `Race2_${round}`;
      const body = [event(name), event(name, 1)];
      const [one, two] = await Promise.all(
        [collector, other].map((to) => send(to, '/v2.0/batch/events', { key: name, body })),
      );
      expect([one?.status, two?.status]).toEqual([200, 200]);
      expect(one?.text).toBe(two?.text);
      expect(await named(name)).toHaveLength(2);
    }
  });
});

describe('a request too large for one append', () => {
  /** A log that fails at its nth append, once, without a trace. */
  function failingAt(nth: number): { log: EventLog; appends: AppendRequest[] } {
    const appends: AppendRequest[] = [];
    const log = wrapEventLog(suite.log, (request, inner) => {
      appends.push(request);
      return appends.length === nth ? Promise.reject(new Error('the disk is full')) : inner.append(request);
    });
    return { log, appends };
  }

  test.each([1, 2, 3])('whose append %d fails is completed by a retry: each line once', async (nth) => {
    const name = `Parts${nth}`;
    const body = Array.from({ length: 25_000 }, (_, n) => JSON.stringify(event(name, n))).join('\n');
    const { log, appends } = failingAt(nth);
    const flaky = await suite.startCollector({ log, limits: { gatherMs: 5 } });
    const first = await send(flaky, '/v2.0/ndjson', { key: name, body });
    expect([first.status, (first.json as { error: { code: string } }).error.code]).toEqual([
      503,
      'outcome_unknown',
    ]);
    expect(appends.length).toBeGreaterThan(1);
    expect((await named(name)).length).toBeLessThan(25_000);
    const retry = await send(collector, '/v2.0/ndjson', { key: name, body });
    expect(retry).toMatchObject({ status: 200, json: { accepted: 25_000 } });
    const numbers = (await named(name)).map((line) => (line.properties as { n: number }).n);
    expect(new Set(numbers).size).toBe(25_000);
    expect(numbers).toHaveLength(25_000);
    const again = await send(other, '/v2.0/ndjson', { key: name, body: `${body}\n` });
    expect(again.status).toBe(422);
  });

  test('leaves nothing behind when its key was used for another body that is stored in part', async () => {
    const bodyOf = (name: string) =>
      Array.from({ length: 25_000 }, (_, n) => JSON.stringify(event(name, n))).join('\n');
    const flaky = await suite.startCollector({ log: failingAt(2).log, limits: { gatherMs: 5 } });
    expect((await send(flaky, '/v2.0/ndjson', { key: 'mixed', body: bodyOf('MixedA') })).status).toBe(503);
    expect((await send(collector, '/v2.0/ndjson', { key: 'mixed', body: bodyOf('MixedB') })).status).toBe(
      422,
    );
    expect(await named('MixedB')).toEqual([]);
  });
});
