import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import type { EventSource } from './event-source';
import { BatchSource, SingleSource } from './json-source';
import { NdjsonSource } from './ndjson-source';

const USER = '2008c38f-dece-4570-976d-87593ed001c3';
const event = (name: string) => `{"name":"${name}","user_id":"${USER}"}`;

/** Name or fault@line of every event; a refused body as `!line n: message`. */
function outcome(make: (body: Buffer) => EventSource, body: string | Buffer): string[] {
  const seen: string[] = [];
  try {
    const source = make(Buffer.from(body));
    while (source.next())
      seen.push(
        source.reader.fault === null ? source.reader.name : `${source.reader.fault}@${source.faultLine()}`,
      );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    seen.push(`!${error.issues[0]?.field}: ${error.message}`);
  }
  return seen;
}

const single = (body: string | Buffer) => outcome((bytes) => new SingleSource(bytes), body);
const batch = (body: string | Buffer) => outcome((bytes) => new BatchSource(bytes), body);
const ndjson = (body: string | Buffer) => outcome((bytes) => new NdjsonSource(bytes), body);
const NOT_JSON = 'This is not JSON.';

describe('a single event', () => {
  test('may be surrounded by white space and nothing else', () => {
    expect(single(`\r\n ${event('A')}\n`)).toEqual(['A']);
    expect(single(`${event('A')}\n${event('B')}`)).toEqual([`!line 2: ${NOT_JSON}`]);
  });

  test('names the line of what is wrong', () => {
    expect(single(`{\n"name":"A",\n"x":tru}`)).toEqual([`!line 3: ${NOT_JSON}`]);
    expect(single(`{"name":"A",\n"a":1,\n"a":2}`)).toEqual(['duplicate_key@3']);
    expect(single(`\n\n[]`)).toEqual(['not_an_object@3']);
  });
});

describe('a batch', () => {
  test('gives its events in order', () => {
    expect(batch(`[${event('A')}, ${event('B')}\n,${event('C')}]\n`)).toEqual(['A', 'B', 'C']);
    expect(batch(' [ ] ')).toEqual([]);
  });

  test('lets a refused event stand beside good ones', () => {
    const odd = `{"a":{"b":${'['.repeat(100)}"]}"${']'.repeat(100)}}}`;
    expect(batch(`[${event('A')},\n7,\n{"name":"x y"},{"a":1,"a":2},\n${odd},${event('B')}]`)).toEqual([
      'A',
      'not_an_object@2',
      'name@3',
      'duplicate_key@3',
      'depth@4',
      'B',
    ]);
  });

  test('lets one event with invalid UTF-8 stand beside good ones', () => {
    const body = Buffer.from(`[${event('A')},{"name":"?"},${event('B')}]`);
    body[body.indexOf('?')] = 0xff;
    expect(batch(body)).toEqual(['A', 'utf8@1', 'B']);
  });

  test.each([
    [event('A'), 'A batch is a JSON array of events.'],
    ['', 'A batch is a JSON array of events.'],
    [`[${event('A')}`, NOT_JSON],
    [`[${event('A')},]`, NOT_JSON],
    [`[${event('A')} ${event('B')}]`, NOT_JSON],
    [`[${event('A')}]]`, NOT_JSON],
    ['[', NOT_JSON],
  ])('%s is refused as a whole', (body, message) => {
    expect(batch(body).at(-1)).toBe(`!line 1: ${message}`);
  });

  test('holds at most 1,000 events', () => {
    const of = (count: number) => `[${Array(count).fill(event('A')).join(',\n')}]`;
    expect(batch(of(1_000))).toHaveLength(1_000);
    expect(batch(of(1_001)).at(-1)).toBe('!line 1001: A batch holds at most 1000 events.');
  });
});

describe('NDJSON', () => {
  test('takes one event per line, with or without a last line feed, and skips empty lines', () => {
    expect(ndjson(`${event('A')}\n\n \r\n${event('B')}\r\n${event('C')}`)).toEqual(['A', 'B', 'C']);
    expect(ndjson('')).toEqual([]);
    expect(ndjson('\n\n')).toEqual([]);
  });

  test('names the line of a bad event in the middle and goes on', () => {
    const broken = `${event('A')}\n{"name":"B"\n${event('C')}${event('D')}\n\n${event('x y')}\n${event('E')}\n`;
    expect(ndjson(broken)).toEqual(['A', 'syntax@2', 'syntax@3', 'name@5', 'E']);
  });

  test('does not let an open string or bracket reach over the end of its line', () => {
    expect(ndjson(`{"name":"A\n${event('B')}\n[[[[\n${event('C')}`)).toEqual([
      'syntax@1',
      'B',
      'syntax@3',
      'C',
    ]);
  });

  test('refuses the lines of a pretty-printed event one by one', () => {
    const pretty = JSON.stringify({ name: 'A', user_id: USER }, null, 2);
    expect(ndjson(`${pretty}\n${event('B')}`)).toEqual(['syntax@1', 'syntax@2', 'syntax@3', 'syntax@4', 'B']);
  });

  test('refuses only the line with invalid UTF-8', () => {
    const body = Buffer.from(`${event('A')}\n{"name":"?"}\n${event('B')}`);
    body[body.indexOf('?')] = 0xe9;
    expect(ndjson(body)).toEqual(['A', 'utf8@2', 'B']);
  });
});
