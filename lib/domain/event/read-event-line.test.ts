import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeEventLine } from './event-line';
import { EventReader } from './event-reader';
import { LineBuffer } from './line-buffer';
import { readEventName, readEventTimeMs } from './read-event-line';

const USER = '2008c38f-dece-4570-976d-87593ed001c3';
const STAMP = {
  eventId: '11111111-1111-4111-8111-abcdefABCDEF',
  time: '2026-01-15T14:00:00.123Z',
  workspaceId: '22222222-2222-4222-8222-222222222222',
  userId: USER,
};

/** What is read of the line between two others, each at its place in one buffer. */
function read(line: string): { name: string | null; timeMs: number | null } {
  const before = '{"name":"Before"}\n';
  const lines = Buffer.from(`${before}${line}\n{"name":"After"}\n`);
  const start = Buffer.byteLength(before);
  const place = { start, end: start + Buffer.byteLength(line) };
  return { name: readEventName(lines, place), timeMs: readEventTimeMs(lines, place) };
}

function parsed(line: string): { name: string | null; timeMs: number | null } {
  const { name, time } = Object(JSON.parse(line)) as { name?: unknown; time?: unknown };
  const ms = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return { name: typeof name === 'string' ? name : null, timeMs: Number.isNaN(ms) ? null : ms };
}

function lineOf(body: string): string {
  const reader = new EventReader();
  reader.open(Buffer.from(body));
  reader.read(0);
  expect(reader.fault).toBeNull();
  const lines = new LineBuffer(0);
  writeEventLine(lines, reader, STAMP);
  return lines.bytes.toString().trimEnd();
}

const name = fc.stringMatching(/^[A-Za-z0-9_]{1,40}$/);
const properties = fc.dictionary(
  fc.oneof(
    fc.constantFrom('name', 'time', 'event_id', '","workspace_id":"'),
    fc.string({ unit: 'grapheme' }),
  ),
  fc.jsonValue({ maxDepth: 2 }),
  { maxKeys: 4 },
);

describe('name and time of an event line', { timeout: 60_000 }, () => {
  test('of every line that collection writes are those that JSON.parse finds', () => {
    fc.assert(
      fc.property(
        name,
        properties,
        fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }),
        (...event) => {
          const [eventName, of, cohorts] = event;
          const body = JSON.stringify({ properties: of, cohorts, user_id: USER, name: eventName });
          fc.pre(!/\\u0000|\\ud[89a-f]|"__proto__"/i.test(body));
          const line = lineOf(body);
          expect(read(line)).toEqual({ name: eventName, timeMs: Date.parse(STAMP.time) });
          expect(read(line)).toEqual(parsed(line));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('of any other JSON are those that JSON.parse finds, however near it comes to a line of ours', () => {
    const id = fc.oneof(
      fc.uuid(),
      fc.string({ maxLength: 40 }),
      fc.constant('11111111-1111-4111-8111-11111111111\\'),
    );
    const time = fc.oneof(
      fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-01-01') })
        .map((date) => date.toISOString()),
      fc.string({ maxLength: 24 }),
      fc.integer(),
    );
    const anyName = fc.oneof(
      name,
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constant(null),
      fc.integer(),
    );
    const near = fc.record(
      { event_id: id, time, name: anyName, workspace_id: fc.string({ maxLength: 40 }), rest: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const text = fc
      .tuple(fc.oneof(near, fc.jsonValue()), fc.constantFrom(0, 1), fc.boolean())
      .map(([value, indent, isEscaped]) => {
        const json = JSON.stringify(value, null, indent).replaceAll('\n', ' ');
        return isEscaped ? json.replace('"name":"A', '"name":"\\u0041') : json;
      });
    fc.assert(
      fc.property(text, (line) => {
        expect(read(line)).toEqual(parsed(line));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['an id that is longer', 'abcdefABCDEF', 'abcdefABCDEF0'],
    ['a time without milliseconds', '.123Z', 'Z'],
    ['a name with an escape', '"name":"Page', '"name":"P\\u0061ge'],
    ['white space', '"name":', '"name": '],
    ['another order', ',"workspace_id":"22222222-2222-4222-8222-222222222222"', ''],
  ])('of a line with %s are found by parsing', (_, from, to) => {
    const line = lineOf(`{"name":"Pageview","user_id":"${USER}"}`).replace(from, to);
    expect(line).toContain(to);
    expect(read(line)).toEqual(parsed(line));
    expect(read(line).name).toBe('Pageview');
  });

  test('a line that is cut off is refused, not guessed at', () => {
    const line = lineOf(`{"name":"Pageview","user_id":"${USER}"}`);
    for (const length of [0, 20, 60, 95, 100, 110]) {
      expect(() => read(line.slice(0, length))).toThrow(SyntaxError);
    }
  });
});
