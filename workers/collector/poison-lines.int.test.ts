import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CollectorSuite, collect, createCollectorSuite } from '@/lib/testing/collector';
import { readDeliveredLines } from '@/lib/testing/delivered';
import { watchRouting } from '@/lib/testing/delivery-state';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { createTestRouting } from '@/lib/testing/routing';
import { startTestWorker, type TestWorker } from '@/lib/testing/worker';
import type { Collector } from './collector';

const USER = '2008c38f-dece-4570-976d-87593ed001c3';
const MIB = 1_048_576;

let suite: CollectorSuite;
let collector: Collector;
let store: TestObjectStore;
let worker: TestWorker;
beforeAll(async () => {
  suite = await createCollectorSuite();
  store = await startTestObjectStore();
  collector = await suite.startCollector();
  worker = await startTestWorker({ database: suite.database, workerId: 'w1' });
});
afterAll(async () => {
  await worker.stop();
  await store.close();
  await suite.close();
});

/** An event that no rule refuses; its properties come back as they went in. */
function good(properties: unknown = {}): string {
  return JSON.stringify({ name: 'Good', user_id: USER, view_id: randomUUID(), properties });
}

const withProperties = (properties: string) =>
  `{"name":"Bad","user_id":"${USER}","properties":${properties}}`;

function invalidUtf8(): Buffer {
  const line = Buffer.from(withProperties('{"a":"?"}'));
  line[line.indexOf('?')] = 0xff;
  return line;
}

/** Each is refused by its line; an event with a line feed in the middle is two lines that are none. */
const POISON: readonly (string | Buffer)[] = [
  withProperties(`{"a":"${'x'.repeat(20 * MIB)}"}`),
  invalidUtf8(),
  Buffer.concat([
    Buffer.from(withProperties('{"a":"').slice(0, -1)),
    Buffer.of(0xed, 0xa0, 0x80),
    Buffer.from('"}}'),
  ]),
  withProperties('{"a":"\\ud800"}'),
  withProperties('{"a":"\\udc00\\ud800"}'),
  withProperties('{"a":"\\u0000"}'),
  withProperties('{"a":"\u0000"}'),
  withProperties('{"a":"\t"}'),
  withProperties(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
  withProperties('{"a":1,"a":2}'),
  withProperties('{"a":1,"\\u0061":2}'),
  withProperties('{"__proto__":{"admin":true}}'),
  withProperties('{"\\u005f_proto__":1}'),
  withProperties('{"a":NaN}'),
  withProperties('{"a":1e999999'),
  '{"name":"Bad"',
  '\ufeff{}',
  'null',
  '[]',
  '"<script>"',
  `{"name":"__proto__\\u0000","user_id":"${USER}"}`,
  `{"name":"../../etc","user_id":"${USER}"}`,
];

/** Ugly and allowed: what must come out as it went in. After the Big List of Naughty Strings. */
const NAUGHTY: readonly string[] = [
  'undefined',
  'NULL',
  'constructor',
  '1e400',
  '-0',
  '0x0',
  "'; DROP TABLE lane;--",
  '<script>alert(1)</script>',
  '$(touch /tmp/x)',
  '%n%s%x',
  '../../../../etc/passwd',
  'a\nb\r\nc',
  'quote " and \\ backslash',
  '\u2028\u2029',
  '\u200b\ufeff',
  '\u202etest\u202c',
  'Ω≈ç√∫˜µ≤≥÷',
  '田中さんにあげて下さい',
  '👾 🙇 💁 🙅 👨‍👩‍👧‍👦',
  'Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮',
  '\u007f\u0080\u009f',
  '\ud83d\ude00',
];

test('poison among NDJSON lines is refused by its line with a reason; every neighbour is delivered once', async () => {
  const routing = await createTestRouting({ sql: suite.sql, store, tenant: suite.tenant });
  const neighbours = [
    ...NAUGHTY.map((text) => good({ text, [`k ${text}`]: [text] })),
    ...POISON.map(() => good()),
  ];
  const lines: Buffer[] = [];
  const poisonAt: number[] = [];
  for (const [index, neighbour] of neighbours.entries()) {
    lines.push(Buffer.from(neighbour));
    const poison = POISON[index];
    if (poison === undefined) continue;
    lines.push(Buffer.from(poison));
    poisonAt.push(lines.length);
  }
  // A line feed in a string is two broken lines; a carriage return before one belongs to the end of the line.
  lines.push(Buffer.from(withProperties('{"a":"one')), Buffer.from('two"}}'));
  poisonAt.push(lines.length - 1, lines.length);
  lines.push(Buffer.from(`${good()}\r`));
  const body = gzipSync(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])));
  const headers = { 'x-api-key': suite.serverKey, 'content-encoding': 'gzip' };
  const answer = await collect(collector, '/v2.0/ndjson', { headers, body });
  expect(answer.status).toBe(200);
  const { accepted, rejected } = answer.json as {
    accepted: number;
    rejected: { line: number; code: number; message: string }[];
  };
  expect(rejected.map(({ line }) => line)).toEqual(poisonAt);
  expect(rejected.every(({ code, message }) => code === 1000 && message.length > 10)).toBe(true);
  expect(accepted).toBe(neighbours.length + 1);

  await watchRouting(suite.sql, routing).untilCaughtUp();
  const delivered = (await readDeliveredLines(store, suite.sql, routing.prefix)).map(
    (line) => JSON.parse(line) as { name: string; view_id: string; properties: object },
  );
  expect(delivered.every(({ name }) => name === 'Good')).toBe(true);
  const sent = [...neighbours, lines.at(-1)!.toString()].map(
    (line) => JSON.parse(line) as (typeof delivered)[0],
  );
  expect(delivered.map(({ view_id }) => view_id).sort()).toEqual(sent.map(({ view_id }) => view_id).sort());
  const propertiesOf = new Map(delivered.map((event) => [event.view_id, event.properties]));
  for (const event of sent) expect(propertiesOf.get(event.view_id)).toMatchObject(event.properties);
}, 120_000);
