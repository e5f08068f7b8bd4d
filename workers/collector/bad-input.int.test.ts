import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CollectorSuite, collect, createCollectorSuite } from '@/lib/testing/collector';
import { waitUntil } from '@/lib/testing/wait-until';
import type { Collector } from './collector';

const USER = '2008c38f-dece-4570-976d-87593ed001c3';
const MIB = 1_048_576;

let suite: CollectorSuite;
let collector: Collector;

beforeAll(async () => {
  suite = await createCollectorSuite();
  collector = await suite.startCollector({ limits: { gatherMs: 1, keyRefreshMs: 50, keyTtlMs: 200 } });
});
afterAll(() => suite.close());
// Whatever a test sends, nothing of it may be stored.
afterEach(async () => {
  expect(await suite.lines('events')).toEqual([]);
});

const withProperties = (properties: string) =>
  `{"name":"A","user_id":"${USER}",\n"properties":${properties}}`;
const invalidUtf8 = Buffer.from(withProperties('{"a":"?"}'));
invalidUtf8[invalidUtf8.indexOf('?')] = 0xff;

const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  collect(collector, path, { headers: { 'x-api-key': suite.serverKey, ...headers }, body });

const EVENTS: [string, string | Buffer, string][] = [
  ['a wrong name', `{"name":"Page view","user_id":"${USER}"}`, 'line 1: name is required'],
  ['no name', `{"user_id":"${USER}"}`, 'line 1: name is required'],
  ['no user', '{"name":"A"}', 'line 1: The event names no user'],
  ['a user that is no UUID', '{"name":"A","user_id":"me"}', 'line 1: user_id must be a UUID'],
  [
    '951 KB of properties',
    withProperties(`{"a":"${'x'.repeat(951_000)}"}`),
    'properties are larger than 950 KB',
  ],
  ['invalid UTF-8', invalidUtf8, 'This is not valid UTF-8'],
  ['an escaped lone surrogate', withProperties('{"a":"\\ud800"}'), 'line 2: A string holds half'],
  ['\\u0000', withProperties('{"a":"\\u0000"}'), 'line 2: A string holds \\u0000'],
  ['duplicate keys', withProperties('{"a":1,"a":2}'), 'line 2: An object holds the same key twice'],
  ['duplicate top-level keys', `{"name":"A",\n"name":"A","user_id":"${USER}"}`, 'line 2: An object holds'],
  ['__proto__', withProperties('{"__proto__":{"admin":true}}'), 'line 2: The key __proto__'],
  [
    'nesting over 64',
    withProperties(`{"a":${'['.repeat(64)}${']'.repeat(64)}}`),
    'line 2: Objects and arrays',
  ],
  ['properties that are a list', withProperties('[]'), 'properties must be an object'],
  ['segments that are no integers', `{"name":"A","user_id":"${USER}","segments":[1.5]}`, 'segments must be'],
  ['an alias without id', '{"name":"A","aliases":[{"tag":"a"}]}', 'aliases must be'],
  ['broken JSON', `{"name":"A",\n\n"user_id"}`, 'line 3: This is not JSON'],
  ['two events where one is due', `{"name":"A","user_id":"${USER}"}{}`, 'line 1: This is not JSON'],
];

describe('an event is refused with 400, its reason and its line', () => {
  test.each(EVENTS)('%s', async (_name, body, cause) => {
    const answer = await post('/v2.0/events', body);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({
      request_id: answer.headers.get('x-request-id'),
      error: {
        status: 'BadRequest',
        code: 1000,
        message: 'The values of one or more parameters are invalid.',
        cause: expect.stringContaining(cause),
        docs: expect.stringMatching(/1000$/),
      },
    });
  });

  test.each(EVENTS.slice(0, 15))('%s, in a batch', async (_name, body) => {
    const element = Buffer.isBuffer(body) ? body : Buffer.from(body);
    const answer = await post(
      '/v2.0/batch/events',
      Buffer.concat([Buffer.from('['), element, Buffer.from(']')]),
    );
    expect(answer).toMatchObject({ status: 200, json: [{ code: 400, body: { error: { code: 1000 } } }] });
  });

  test.each(EVENTS.slice(0, 15))('%s, as NDJSON', async (_name, body) => {
    const line = Buffer.from(Buffer.isBuffer(body) ? body : Buffer.from(body)).map((byte) =>
      byte === 10 ? 32 : byte,
    );
    const answer = await post('/v2.0/ndjson', Buffer.from(line));
    expect(answer).toMatchObject({ status: 200, json: { accepted: 0, rejected: [{ line: 1, code: 1000 }] } });
  });
});

describe('a body is refused', () => {
  test('when there is none', async () => {
    const answer = await post('/v2.0/events', '');
    expect(answer).toMatchObject({ status: 400, json: { error: { code: 1003 } } });
  });

  test('of 20 MB with 413, whether its length is declared or not', async () => {
    const body = randomBytes(20 * MIB);
    expect(await post('/v2.0/ndjson', body)).toMatchObject({
      status: 413,
      json: { error: { code: 'body_too_large' } },
    });
    const chunked = await fetch(`http://127.0.0.1:${collector.port()}/v2.0/ndjson`, {
      method: 'POST',
      headers: { 'x-api-key': suite.serverKey },
      body: new Blob([new Uint8Array(body)]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(413);
    await chunked.text();
  });

  test('that unpacks to more than 64 MB with 413, without being unpacked further', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * MIB));
    expect(bomb.length).toBeLessThan(MIB);
    const answer = await post('/v2.0/ndjson', bomb, { 'content-encoding': 'gzip' });
    expect(answer).toMatchObject({
      status: 413,
      json: { error: { cause: expect.stringContaining('gunzip') } },
    });
  });

  test.each([
    ['truncated gzip', (zip: Buffer) => zip.subarray(0, zip.length - 12)],
    ['damaged gzip', (zip: Buffer) => zip.map((byte, at) => (at === 30 ? byte ^ 0xff : byte))],
    ['no gzip at all', () => Buffer.from('{"name":"A"}')],
  ])('as %s with 400', async (_name, damage) => {
    const zip = gzipSync(`${withProperties('{"a":"some text"}').replace('\n', '')}\n`.repeat(50));
    const answer = await post('/v2.0/ndjson', Buffer.from(damage(zip)), { 'content-encoding': 'gzip' });
    expect(answer).toMatchObject({
      status: 400,
      json: { error: { code: 1000, cause: expect.stringContaining('gzip') } },
    });
  });

  test('in another encoding with 415', async () => {
    expect((await post('/v2.0/ndjson', 'x', { 'content-encoding': 'br' })).status).toBe(415);
  });

  test('as a batch that is no array, is cut off, or holds more than 1,000 events', async () => {
    const one = `{"name":"A","user_id":"${USER}"}`;
    for (const body of [one, `[${one}`, `[${Array(1_001).fill(one).join()}]`])
      expect(await post('/v2.0/batch/events', body)).toMatchObject({
        status: 400,
        json: { error: { code: 1000 } },
      });
  });

  test('as an identify call with a wrong user or alias, or unclear JSON', async () => {
    const bodies = [
      '{"user_id":"me","aliases":[]}',
      `{"user_id":"${USER}"}`,
      `{"user_id":"${USER}","aliases":[{"tag":"","id":"x"}]}`,
      `{"user_id":"${USER}","user_id":"${USER}","aliases":[]}`,
      '[',
    ];
    for (const body of bodies)
      expect(await post('/v2.0/identify', body)).toMatchObject({
        status: 400,
        json: { error: { code: 1000 } },
      });
  });
});

describe('a key is refused', () => {
  const good = `{"name":"A","user_id":"${USER}"}`;
  const call = (path: string, headers: Record<string, string>, method = 'POST') =>
    collect(collector, path, { method, headers, body: '{}' });
  const refusal = (status: number, code: number) => ({ status, json: { error: { code } } });

  test('when it is missing', async () => {
    expect(await call('/v2.0/events', {})).toMatchObject(refusal(401, 2004));
  });

  test('when it is wrong, whatever it looks like', async () => {
    const unknown = `slk_server_${'0'.repeat(32)}`;
    for (const key of ['x', unknown, suite.serverKey.slice(0, -1), `${suite.serverKey}x`])
      expect(await call('/v2.0/events', { 'x-api-key': key })).toMatchObject(refusal(401, 2000));
  });

  test('when a browser key makes a server call', async () => {
    const headers = { 'x-api-key': suite.browserKey };
    expect(await call('/v2.0/ndjson', headers)).toMatchObject(refusal(403, 2001));
    expect(await call('/v2.0/segments', headers, 'PUT')).toMatchObject(refusal(403, 2001));
    expect(await call(`/v2.0/ndjson?k=${suite.browserKey}`, {})).toMatchObject(refusal(403, 2001));
  });

  test('when a server key travels in the address', async () => {
    expect(await call(`/v2.0/events?k=${suite.serverKey}`, {})).toMatchObject(refusal(403, 2001));
  });

  test('soon after it is revoked, although it was in use', async () => {
    const key = await suite.createKey('server');
    const status = async (body: string) =>
      (await collect(collector, '/v2.0/events', { headers: { 'x-api-key': key }, body })).status;
    expect(await status('{}')).toBe(400);
    await suite.sql.query('UPDATE api_key SET revoked_at = now() WHERE last4 = $1', [key.slice(-4)]);
    await waitUntil('the revoked key is refused', async () => (await status('{}')) === 401);
    expect(await status(good)).toBe(401);
  });

  test('soon after its workspace is deleted', async () => {
    const workspace = await suite.createWorkspace();
    const key = await suite.createKey('browser', workspace);
    const status = async () =>
      (await collect(collector, '/v2.0/events', { headers: { 'x-api-key': key }, body: '{}' })).status;
    expect(await status()).toBe(400);
    await suite.sql.query('UPDATE workspace SET deleted_at = now() WHERE id = $1', [workspace.workspaceId]);
    await waitUntil('its key is refused', async () => (await status()) === 401);
  });
});

test('an unknown path and a wrong method are named', async () => {
  expect(await post('/v2.0/nothing', '{}')).toMatchObject({
    status: 404,
    json: { error: { code: 'not_found' } },
  });
  const wrong = await collect(collector, '/v2.0/events', { method: 'PUT', body: '{}' });
  expect(wrong).toMatchObject({ status: 405, json: { error: { code: 'method_not_allowed' } } });
  expect(wrong.headers.get('allow')).toBe('POST');
});
