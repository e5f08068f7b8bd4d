import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventLineSchema, syncAliasLineSchema } from '@/lib/domain/event/event-lines';
import { type CollectorSuite, collect, createCollectorSuite } from '@/lib/testing/collector';
import type { Collector } from './collector';

const USER = '2008c38f-dece-4570-976d-87593ed001c3';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let suite: CollectorSuite;
let collector: Collector;

beforeAll(async () => {
  suite = await createCollectorSuite();
  collector = await suite.startCollector({ limits: { gatherMs: 5 } });
});
afterAll(() => suite.close());

const event = (name: string, more: object = {}) => ({ name, user_id: USER, ...more });
const linesNamed = async (name: string) => (await suite.lines('events')).filter((line) => line.name === name);
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  collect(collector, path, {
    headers: { 'x-api-key': suite.serverKey, ...headers },
    body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });

describe('POST /v2.0/events', () => {
  test('stores one line and answers with the event as stored', async () => {
    const sent = event('Single', {
      view_id: USER,
      segments: [3, 1],
      cohorts: ['a'],
      properties: { client: { title: 'é' } },
    });
    const answer = await post('/v2.0/events', sent);
    expect(answer.status).toBe(201);
    const [line, ...others] = await linesNamed('Single');
    expect(others).toEqual([]);
    expect(eventLineSchema.parse(line)).toMatchObject({ ...sent, workspace_id: suite.tenant.workspaceId });
    const { workspace_id: _, ...rest } = line ?? {};
    expect(answer.json).toEqual(rest);
    expect(Math.abs(Date.parse(String(line?.time)) - suite.clock.nowMs())).toBeLessThan(60_000);
  });

  test('takes a browser key as k and a body sent as text/plain, and answers briefly with enrich=false', async () => {
    const answer = await collect(collector, `/v2.0/events?enrich=false&sdkp=true&k=${suite.browserKey}`, {
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(event('Brief')),
    });
    const [line] = await linesNamed('Brief');
    expect([answer.status, answer.json]).toEqual([201, { user_id: USER, time: line?.time }]);
  });

  test('makes one line of pretty-printed JSON', async () => {
    const properties = { list: [1, { a: 'b\nc' }], text: ' { } ' };
    const sent = event('Pretty', { properties });
    await post('/v2.0/events', JSON.stringify(sent, null, 2).replaceAll('\n', '\r\n'));
    const [line, ...others] = await linesNamed('Pretty');
    expect(others).toEqual([]);
    expect(line?.properties).toEqual(properties);
  });

  test("drops unknown keys and the client's own event_id, time and workspace_id", async () => {
    await post('/v2.0/events', event('Own', { event_id: USER, time: 'x', workspace_id: USER, other: 1 }));
    const [line] = await linesNamed('Own');
    expect(Object.keys(line ?? {})).toEqual(Object.keys(eventLineSchema.shape));
    expect(line?.event_id).not.toBe(USER);
    expect(line?.workspace_id).toBe(suite.tenant.workspaceId);
  });

  test('gives the same alias the same user in one workspace, another one in another, and stores the aliases', async () => {
    const aliases = [
      { tag: 'low', id: 'z', priority: 5 },
      { tag: 'mail', id: 'ä', priority: 0 },
      { tag: 'none', id: 'n' },
    ];
    const first = await post('/v2.0/events', { name: 'Alias', aliases });
    const second = await post('/v2.0/events', { name: 'Alias', aliases: [{ tag: 'mail', id: 'ä' }] });
    const userId = (first.json as { user_id: string }).user_id;
    expect(userId).toMatch(/-5[0-9a-f]{3}-[89ab]/);
    expect(second.json).toMatchObject({ user_id: userId });
    const stored = (await suite.lines('sync_aliases')).filter((line) => line.user_id === userId);
    expect(stored.map(({ tag, id, priority }) => ({ tag, id, priority }))).toEqual([
      ...aliases.map(({ tag, id, priority }) => ({ tag, id, priority: priority ?? null })),
      { tag: 'mail', id: 'ä', priority: null },
    ]);
    for (const line of stored) syncAliasLineSchema.parse(line);
    expect(new Set(stored.map((line) => line.event_id)).size).toBe(stored.length);
    const elsewhere = await suite.createWorkspace();
    const otherKey = await suite.createKey('server', elsewhere);
    const other = await post('/v2.0/events', { name: 'Alias', aliases }, { 'x-api-key': otherKey });
    expect((other.json as { user_id: string }).user_id).not.toBe(userId);
  });
});

describe('POST /v2.0/batch/events', () => {
  test('answers in order; a bad event does not fail its neighbours', async () => {
    const answer = await post('/v2.0/batch/events', [event('B1'), { name: 'no user' }, event('B2'), 7]);
    expect(answer.status).toBe(200);
    const results = answer.json as { code: number; body: { id: string; time: string } }[];
    expect(results.map(({ code }) => code)).toEqual([200, 400, 200, 400]);
    expect(results[1]?.body).toMatchObject({ error: { status: 'BadRequest', code: 1000 } });
    const [first] = await linesNamed('B1');
    const [second] = await linesNamed('B2');
    expect(results[0]?.body).toEqual({ id: first?.event_id, time: first?.time });
    expect(results[2]?.body).toEqual({ id: second?.event_id, time: second?.time });
  });

  test('an empty batch is answered with an empty list', async () => {
    expect(await post('/v2.0/batch/events', [])).toMatchObject({ status: 200, json: [] });
  });

  test('a batch too large for one append is stored whole, every event once', async () => {
    const padding = Array.from({ length: 700 }, () => Math.random().toString(36)).join('');
    const events = Array.from({ length: 600 }, (_, n) => event('Big', { properties: { n, padding } }));
    const answer = await post('/v2.0/batch/events', events);
    const results = answer.json as { code: number; body: { id: string } }[];
    const stored = await linesNamed('Big');
    const idByNumber = new Map(stored.map((line) => [(line.properties as { n: number }).n, line.event_id]));
    expect([answer.status, stored.length, idByNumber.size]).toEqual([200, 600, 600]);
    expect(results.map(({ body }) => body.id)).toEqual(events.map((_, n) => idByNumber.get(n)));
  });
});

describe('POST /v2.0/identify', () => {
  test('stores one line per alias', async () => {
    const user = 'ABCDEF00-dece-4570-976d-87593ed00177';
    const aliases = [
      { tag: 'a', id: '1', priority: 0 },
      { tag: 'b', id: '2' },
    ];
    const answer = await post('/v2.0/identify', { user_id: user, aliases });
    expect(answer).toMatchObject({ status: 200, json: { user_id: user.toLowerCase() } });
    const stored = (await suite.lines('sync_aliases')).filter((line) => line.user_id === user.toLowerCase());
    expect(stored.map(({ tag, id, priority }) => [tag, id, priority])).toEqual([
      ['a', '1', 0],
      ['b', '2', null],
    ]);
    expect(stored.every((line) => UUID.test(String(line.event_id)))).toBe(true);
  });

  test('without aliases it answers and stores nothing', async () => {
    const before = (await suite.lines('sync_aliases')).length;
    expect((await post('/v2.0/identify', { user_id: USER, aliases: [] })).status).toBe(200);
    expect(await suite.lines('sync_aliases')).toHaveLength(before);
  });
});

describe('POST /v2.0/ndjson', () => {
  test('accepts the good lines around a bad one in the middle', async () => {
    const body = [event('N1'), { name: 'no user' }, event('N2')]
      .map((line) => JSON.stringify(line))
      .join('\n');
    const answer = await post('/v2.0/ndjson?type=events', `${body}\n{"name":\n`);
    expect(answer).toMatchObject({
      status: 200,
      json: {
        accepted: 2,
        rejected: [
          { line: 2, code: 1000, message: expect.stringContaining('name is required') },
          { line: 4, code: 1000, message: 'This is not JSON.' },
        ],
        rejected_count: 2,
      },
    });
    expect(await linesNamed('N1')).toHaveLength(1);
    expect(await linesNamed('N2')).toHaveLength(1);
  });

  test('takes gzip, and lists no more than 1,000 refused lines', async () => {
    const body = `${'{}\n'.repeat(1_500)}${JSON.stringify(event('Zip'))}`;
    const answer = await post('/v2.0/ndjson', gzipSync(body), { 'content-encoding': 'gzip' });
    const { accepted, rejected, rejected_count } = answer.json as Record<string, unknown[]>;
    expect([answer.status, accepted, rejected?.length, rejected_count]).toEqual([200, 1, 1_000, 1_500]);
    expect(await linesNamed('Zip')).toHaveLength(1);
  });

  test('stores 30,000 lines of one request in order and in chunks of about 256 KiB', async () => {
    const body = Array.from({ length: 30_000 }, (_, n) =>
      JSON.stringify(event('Many', { properties: { n } })),
    );
    const answer = await post('/v2.0/ndjson', body.join('\n'));
    expect(answer.json).toMatchObject({ accepted: 30_000, rejected: [] });
    const chunks = (await suite.chunks('events')).filter(({ text }) => text.includes('"Many"'));
    const numbers = (await linesNamed('Many')).map((line) => (line.properties as { n: number }).n);
    expect([...numbers].sort((a, b) => a - b)).toEqual(body.map((_, n) => n));
    const sizes = chunks.map(({ meta }) => meta.rawBytes);
    expect(Math.max(...sizes)).toBeLessThan(300_000);
    expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeGreaterThan(150_000);
  });
});

describe('what chunks say about their lines', () => {
  test('is true for every chunk of the suite', async () => {
    for (const { meta, text } of [
      ...(await suite.chunks('events')),
      ...(await suite.chunks('sync_aliases')),
    ]) {
      const times = text
        .trimEnd()
        .split('\n')
        .map((line) => Date.parse(JSON.parse(line).time));
      expect(meta.rows).toBe(times.length);
      expect(meta.rawBytes).toBe(Buffer.byteLength(text));
      expect(meta.receivedMinMs).toBe(Math.min(...times));
      expect(meta.receivedMaxMs).toBe(Math.max(...times));
      expect(meta.receivedSumMs).toBe(times.reduce((sum, ms) => sum + BigInt(ms), 0n));
      expect(times.every((ms) => ms >= meta.hourMs && ms < meta.hourMs + 3_600_000)).toBe(true);
    }
  });
});

describe('around the calls', () => {
  test('pages of any origin may use events, batch and identify, and nothing else', async () => {
    for (const path of ['/v2.0/events', '/v2.0/batch/events', '/v2.0/identify']) {
      const preflight = await collect(collector, path, {
        method: 'OPTIONS',
        headers: { origin: 'https://a.example' },
      });
      expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
        204,
        'https://a.example',
      ]);
    }
    for (const path of ['/v2.0/segments', '/v2.0/ndjson']) {
      const preflight = await collect(collector, path, {
        method: 'OPTIONS',
        headers: { origin: 'https://a.example' },
      });
      expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([405, null]);
    }
  });

  test('an error keeps its CORS headers, so a page can read it', async () => {
    const answer = await collect(collector, '/v2.0/events', {
      headers: { origin: 'https://a.example' },
      body: '{}',
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
      401,
      'https://a.example',
    ]);
  });

  test('health and readiness are told', async () => {
    expect((await collect(collector, '/healthz', { method: 'GET' })).status).toBe(200);
    expect((await collect(collector, '/readyz', { method: 'GET' })).status).toBe(200);
    const lost = { nowMs: () => 0, monotonicMs: () => 0, isReady: () => false };
    const unready = await suite.startCollector({ clock: lost });
    expect((await collect(unready, '/readyz', { method: 'GET' })).status).toBe(503);
    const answer = await collect(unready, '/v2.0/events', {
      headers: { 'x-api-key': suite.serverKey },
      body: JSON.stringify(event('Early')),
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  });
});
