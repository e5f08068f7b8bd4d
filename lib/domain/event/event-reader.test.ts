import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EventInput, eventInputSchema } from './event-input';
import { EventReader } from './event-reader';
import type { Span } from './event-spans';
import type { EventFault } from './fault';
import { EVENT_BYTES_MAX, PROPERTIES_BYTES_MAX } from './limits';

function read(body: Buffer | string): EventReader {
  const reader = new EventReader();
  const buffer = Buffer.isBuffer(body) ? body : Buffer.from(body);
  reader.open(buffer);
  const end = reader.read(0);
  if (end >= 0 && end < buffer.length) reader.refuse('syntax');
  return reader;
}

/** The reason class that the schema gives: the field of its first issue. */
function schemaFault(value: unknown): EventFault | null {
  const parsed = eventInputSchema.safeParse(value);
  if (parsed.success) return null;
  return (parsed.error.issues[0]?.path[0] as EventFault | undefined) ?? 'not_an_object';
}

const UUID = '2008c38f-dece-4570-976d-87593ed001c3';
const uuid = fc.oneof(
  fc.uuid(),
  fc.uuid().map((id) => id.toUpperCase()),
);
const anything = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e300, '', 'x', [], {}, [1], ['a'], [null], { a: 1 }),
  fc.constantFrom<unknown>('a\n', 'é', 'x'.repeat(256), `${UUID} `, UUID.slice(1), `{${UUID}}`),
  fc.constant(Array(101).fill({ tag: 'a', id: 'b' })),
  fc.constantFrom<unknown>(
    [{ tag: 'a', id: '' }],
    [{ tag: 'a' }],
    [{ tag: 'a', id: 'b', priority: 0.5 }],
    [[]],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const alias = fc.record(
  {
    tag: fc.string({ minLength: 1 }),
    id: fc.string({ minLength: 1, unit: 'binary' }),
    priority: fc.option(fc.integer()),
  },
  { requiredKeys: ['tag', 'id'] },
);
const integer = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(0, -0));

const goodEvent: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    name: fc.stringMatching(/^[A-Za-z0-9_]{1,12}$/),
    user_id: uuid,
    aliases: fc.array(alias, { minLength: 1, maxLength: 3 }),
    view_id: fc.option(uuid),
    session_id: fc.option(uuid),
    segments: fc.array(integer, { maxLength: 4 }),
    cohorts: fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }),
    properties: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
    event_id: anything,
    unknown: anything,
  },
  { requiredKeys: ['name', 'aliases'] },
);

/** A good event in which up to two fields were replaced or removed. */
const eventLike = fc
  .tuple(
    goodEvent,
    fc.array(
      fc.tuple(
        fc.constantFrom(
          'name',
          'user_id',
          'aliases',
          'view_id',
          'session_id',
          'segments',
          'cohorts',
          'properties',
        ),
        fc.option(anything, { nil: undefined }),
      ),
      { maxLength: 2 },
    ),
  )
  .map(([event, changes]) => ({ ...event, ...Object.fromEntries(changes) }));

/** Values that the byte rules (not the schema) refuse are left out: the next suite has them. */
const isClean = (text: string) => !/\\u0000|\\ud[89a-f]|"__proto__"/i.test(text);

// Generating is slow on a busy machine; the checks themselves take microseconds.
describe('the reader equals the schema', { timeout: 60_000 }, () => {
  test('in what it accepts and in the class of what it refuses', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.oneof({ weight: 20, arbitrary: eventLike }, { weight: 1, arbitrary: anything }),
        (value) => {
          const text = JSON.stringify(value);
          fc.pre(isClean(text));
          const parsed: unknown = JSON.parse(text);
          const fault = schemaFault(parsed);
          if (fault === null) accepted += 1;
          expect(read(text).fault).toBe(fault);
        },
      ),
      { numRuns: 1_500 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test('in every value it takes from an accepted event', () => {
    fc.assert(
      fc.property(goodEvent, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(isClean(text));
        const schema: EventInput = eventInputSchema.parse(JSON.parse(text));
        const event = read(text);
        expect(event.fault).toBeNull();
        expect(event.name).toBe(schema.name);
        expect(event.userId).toBe(schema.user_id?.toLowerCase() ?? null);
        const valueAt = ({ start, end, json }: Span): unknown =>
          start < 0 ? null : JSON.parse(json ?? event.buffer.toString('utf8', start, end));
        expect(valueAt(event.spans.view_id)).toBe(schema.view_id?.toLowerCase() ?? null);
        expect(valueAt(event.spans.session_id)).toBe(schema.session_id?.toLowerCase() ?? null);
        expect(event.aliases).toEqual(
          (schema.aliases ?? []).map(({ tag, id, priority }) => ({ tag, id, priority: priority ?? null })),
        );
        expect(valueAt(event.spans.segments) ?? []).toEqual((schema.segments ?? []).map((code) => code + 0));
        expect(valueAt(event.spans.cohorts) ?? []).toEqual(schema.cohorts ?? []);
        expect(valueAt(event.spans.properties) ?? {}).toEqual(schema.properties ?? {});
        const { start, end } = event.spans.properties;
        const properties = start < 0 ? '{}' : event.buffer.toString('utf8', start, end);
        expect(event.propertiesBroken).toBe(/[\r\n]/.test(properties));
      }),
      { numRuns: 300 },
    );
  });

  test('when keys and values are written with escapes', () => {
    const event = read(
      `{"n\\u0061me":"P\\u0061ge","user_id":"\\u0032${UUID.slice(1)}","segments":[ 1.0 ,\t2e1]}`,
    );
    expect(event.fault).toBeNull();
    expect([event.name, event.userId, event.spans.segments.json]).toEqual(['Page', UUID, '[1,20]']);
  });
});

describe('rules on bytes', () => {
  const withProperties = (properties: string) =>
    `{"name":"A","user_id":"${UUID}","properties":${properties}}`;
  const ofSize = (bytes: number) => withProperties(`{"a":"${'x'.repeat(bytes - 8)}"}`);

  test.each([
    [withProperties('{"a":1,"a":2}'), 'duplicate_key'],
    [`{"name":"A","name":"B","user_id":"${UUID}"}`, 'duplicate_key'],
    [withProperties('{"__proto__":{"x":1}}'), 'proto_key'],
    [withProperties('{"a":"\\ud800"}'), 'lone_surrogate'],
    [withProperties('{"a":"\\u0000"}'), 'nul'],
    [withProperties(`{"a":${'['.repeat(63)}${']'.repeat(63)}}`), 'depth'],
    [withProperties('{"a":1'), 'syntax'],
    [withProperties('{"a":01}'), 'syntax'],
    [`\ufeff${withProperties('{}')}`, 'syntax'],
    [`${withProperties('{}')} {}`, 'syntax'],
  ])('%s is refused as %s', (text, fault) => {
    expect(read(text).fault).toBe(fault);
  });

  test('62 levels inside properties are the most an event may hold', () => {
    expect(read(withProperties(`{"a":${'['.repeat(62)}${']'.repeat(62)}}`)).fault).toBeNull();
  });

  test('invalid UTF-8 is refused, wherever in the event it stands', () => {
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
      const text = Buffer.from(withProperties('{"a":"?"}'));
      const at = text.indexOf('?');
      expect(
        read(Buffer.concat([text.subarray(0, at), Buffer.from(bytes), text.subarray(at + 1)])).fault,
      ).toBe('utf8');
    }
  });

  test('properties of 950,000 bytes are the largest', () => {
    expect(read(ofSize(PROPERTIES_BYTES_MAX)).fault).toBeNull();
    expect(read(ofSize(PROPERTIES_BYTES_MAX + 1)).fault).toBe('properties_bytes');
    expect(read(ofSize(951 * 1_000)).fault).toBe('properties_bytes');
  });

  test('an event is bounded as a whole', () => {
    const text = `{"name":"A","user_id":"${UUID}","cohorts":["${'x'.repeat(EVENT_BYTES_MAX)}"]}`;
    expect(read(text).fault).toBe('event_bytes');
  });

  test('the next event is read afresh: nothing of the one before remains', () => {
    const reader = new EventReader();
    const first = `{"name":"A","user_id":"${UUID}","view_id":"${UUID}","segments":[1],"cohorts":["a"],"properties":{"a":1,"a":2}}`;
    const body = Buffer.from(`${first}{"name":"B","aliases":[{"tag":"t","id":"i"}]}`);
    reader.open(body);
    expect(reader.read(0)).toBe(first.length);
    expect(reader.fault).toBe('duplicate_key');
    expect(reader.read(first.length)).toBe(body.length);
    expect(reader).toMatchObject({
      fault: null,
      name: 'B',
      userId: null,
      aliases: [{ tag: 't', id: 'i', priority: null }],
      spans: {
        view_id: { start: -1 },
        segments: { start: -1 },
        cohorts: { start: -1 },
        properties: { start: -1 },
      },
    });
  });
});
