import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANSWER_BYTES_MAX, createOutbound } from './outbound';
import { OutboundError } from './outbound-error';

const seen: { url: string | undefined; host: string | undefined; body: string }[] = [];
let server: http.Server;
let origin: string;
beforeAll(async () => {
  server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      seen.push({ url: request.url, host: request.headers.host, body: Buffer.concat(parts).toString() });
      if (request.url === '/moved') response.writeHead(302, { location: `${origin}/inside` }).end();
      else if (request.url === '/silent') return;
      else if (request.url === '/drip') {
        response.writeHead(200).write('x');
      } else if (request.url === '/endless') {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(8_192)));
        };
        response.on('drain', more);
        more();
      } else response.end('thanks');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const call = (path: string, deadlineMs = 20_000) => ({
  url: `${origin}${path}`,
  headers: { 'content-type': 'application/json' },
  body: '{"a":"ü"}',
  deadlineMs,
});
const allowed = () => createOutbound({ allowedOrigins: [origin] });
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'answered',
    (error: unknown) => (error instanceof OutboundError ? error.code : error),
  );

test('the whole body arrives and the answer comes back', async () => {
  const { status, body } = await allowed().post(call('/hook?x=1'));
  expect([status, body.toString()]).toEqual([200, 'thanks']);
  expect(seen.at(-1)).toEqual({ url: '/hook?x=1', host: origin.slice(7), body: '{"a":"ü"}' });
});

test('a loopback address is not dialled unless its origin is named', async () => {
  const before = seen.length;
  const outbound = createOutbound({ allowedOrigins: [] });
  expect(await codeOf(outbound.post(call('/hook')))).toBe('FORBIDDEN_ADDRESS');
  expect(seen).toHaveLength(before);
});

test('a name is resolved once: what it points to afterwards is not dialled', async () => {
  const port = new URL(origin).port;
  const named = `http://rebinding.example:${port}`;
  const answers = [['127.0.0.1'], ['169.254.169.254']];
  let asked = 0;
  const outbound = createOutbound({
    allowedOrigins: [named],
    resolve: async () => answers[asked++] ?? [],
  });
  expect((await outbound.post({ ...call(''), url: `${named}/hook` })).status).toBe(200);
  expect(asked).toBe(1);
  expect(seen.at(-1)?.host).toBe(`rebinding.example:${port}`);
});

test('a redirect is an answer and is not followed', async () => {
  expect((await allowed().post(call('/moved'))).status).toBe(302);
  expect(seen.at(-1)?.url).toBe('/moved');
});

test('of an endless answer no more than the cap is kept', async () => {
  expect((await allowed().post(call('/endless'))).body).toHaveLength(ANSWER_BYTES_MAX);
});

test.each(['/silent', '/drip'])('%s ends at the deadline', async (path) => {
  expect(await codeOf(allowed().post(call(path, 200)))).toBe('TIMED_OUT');
});

test('a name that never resolves ends at the deadline', async () => {
  const outbound = createOutbound({ allowedOrigins: [], resolve: () => new Promise(() => undefined) });
  expect(await codeOf(outbound.post({ ...call(''), url: 'https://slow.example/', deadlineMs: 50 }))).toBe(
    'TIMED_OUT',
  );
});

test('a closed port is unreachable', async () => {
  const outbound = createOutbound({ allowedOrigins: ['http://127.0.0.1:1'] });
  expect(await codeOf(outbound.post({ ...call(''), url: 'http://127.0.0.1:1/' }))).toBe('UNREACHABLE');
});
