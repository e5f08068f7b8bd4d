import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aliasUserId } from './alias-user-id';
import { briefEventAnswer, EVENT_TIME_OFFSET, eventAnswer, writeEventLine } from './event-line';
import { eventLineSchema, segmentLineSchema, syncAliasLineSchema } from './event-lines';
import { EventReader } from './event-reader';
import { LineBuffer } from './line-buffer';
import { writeSegmentLine } from './segment-line';
import { SYNC_ALIAS_TIME_OFFSET, writeSyncAliasLine } from './sync-alias-line';

const USER = '2008c38f-dece-4570-976d-87593ed001c3';
const STAMP = {
  eventId: '11111111-1111-4111-8111-111111111111',
  time: '2026-01-15T14:00:00.123Z',
  workspaceId: '22222222-2222-4222-8222-222222222222',
  userId: USER,
};
const NAMESPACE = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();

function lineOf(body: string): string {
  const reader = new EventReader();
  reader.open(Buffer.from(body));
  reader.read(0);
  expect(reader.fault).toBeNull();
  const lines = new LineBuffer(0);
  writeEventLine(lines, reader, STAMP);
  return lines.bytes.toString();
}

describe('an event line', { timeout: 60_000 }, () => {
  test('has the published fields in the published order', () => {
    const line = lineOf(
      `{"properties":{"b":1,"a":[2]},"cohorts":["é","\\n"],"segments":[3,1],"session_id":"${USER.toUpperCase()}","name":"Pageview","user_id":"${USER}"}`,
    );
    expect(line).toBe(
      `{"event_id":"${STAMP.eventId}","time":"${STAMP.time}","name":"Pageview","workspace_id":"${STAMP.workspaceId}","user_id":"${USER}","session_id":"${USER}","view_id":null,"segments":[3,1],"cohorts":["é","\\n"],"properties":{"b":1,"a":[2]}}\n`,
    );
    expect(Object.keys(eventLineSchema.shape)).toEqual(Object.keys(JSON.parse(line)));
    eventLineSchema.parse(JSON.parse(line));
  });

  test('fills what the client left out', () => {
    const line = JSON.parse(lineOf(`{"name":"A","user_id":"${USER}","properties":null,"segments":null}`));
    expect(line).toMatchObject({
      session_id: null,
      view_id: null,
      segments: [],
      cohorts: [],
      properties: {},
    });
  });

  test("drops unknown keys and never takes the client's event_id, time or workspace_id", () => {
    const line = lineOf(
      `{"event_id":"x","time":"y","workspace_id":"z","constructor":1,"name":"A","user_id":"${USER}","other":{"name":"B"}}`,
    );
    expect(JSON.parse(line)).toMatchObject({
      event_id: STAMP.eventId,
      time: STAMP.time,
      workspace_id: STAMP.workspaceId,
    });
    expect(line).not.toMatch(/other|constructor|"[xyz]"/);
  });

  test('keeps the bytes of properties that are one line, white space and number forms included', () => {
    const properties = '{ "n":1.50e+2,\t"big":12345678901234567890, "s":"\\u00e9\\/" }';
    expect(lineOf(`{"name":"A","user_id":"${USER}","properties":${properties}}`)).toContain(properties);
  });

  test('is one line for pretty-printed JSON of any shape, and means the same', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 5 }),
        fc.constantFrom('\n', '\r\n', '\r', '\n\t '),
        (properties, lineBreak) => {
          const pretty = JSON.stringify({ name: 'A', user_id: USER, properties }, null, 1).replaceAll(
            '\n',
            lineBreak,
          );
          fc.pre(!/\\u0000|\\ud[89a-f]|"__proto__"/i.test(pretty));
          const line = lineOf(pretty);
          expect(line.slice(0, -1)).not.toMatch(/[\r\n]/);
          expect(JSON.parse(line).properties).toEqual(JSON.parse(JSON.stringify(properties)));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('is answered without its workspace', () => {
    const line = Buffer.from(lineOf(`{"name":"A","user_id":"${USER}","properties":{"workspace_id":"mine"}}`));
    const { workspace_id: _, ...rest } = JSON.parse(line.toString());
    expect(JSON.parse(eventAnswer(line).toString())).toEqual(rest);
    expect(JSON.parse(briefEventAnswer(line).toString())).toEqual({ user_id: USER, time: STAMP.time });
  });
});

describe('lines are stamped anew without being built again', () => {
  test('events', () => {
    const lines = new LineBuffer(0);
    const reader = new EventReader();
    reader.open(Buffer.from(`{"name":"A","user_id":"${USER}","properties":{"time":"${STAMP.time}"}}`));
    reader.read(0);
    for (let row = 0; row < 3; row += 1) writeEventLine(lines, reader, STAMP);
    const before = lines.bytes.toString();
    lines.overwriteEachLine(EVENT_TIME_OFFSET, '2026-01-15T15:00:00.000Z');
    expect(lines.bytes.toString()).toBe(
      before.replaceAll(`"time":"${STAMP.time}","name"`, '"time":"2026-01-15T15:00:00.000Z","name"'),
    );
  });

  test('sync_aliases', () => {
    const lines = new LineBuffer(0);
    writeSyncAliasLine(lines, { tag: 'a"', id: 'é', priority: 0 }, STAMP);
    lines.overwriteEachLine(SYNC_ALIAS_TIME_OFFSET, '2026-01-15T15:00:00.000Z');
    expect(JSON.parse(lines.bytes.toString()).time).toBe('2026-01-15T15:00:00.000Z');
  });
});

test('a sync_aliases line has the published fields in the published order', () => {
  const lines = new LineBuffer(0);
  writeSyncAliasLine(lines, { tag: 'email_sha256', id: 'a"\n', priority: 1 }, STAMP);
  writeSyncAliasLine(lines, { tag: 't', id: 'i' }, STAMP);
  const [first, second] = lines.bytes.toString().trimEnd().split('\n');
  expect(first).toBe(
    `{"time":"${STAMP.time}","workspace_id":"${STAMP.workspaceId}","user_id":"${USER}","tag":"email_sha256","id":"a\\"\\n","priority":1,"event_id":"${STAMP.eventId}"}`,
  );
  expect(Object.keys(syncAliasLineSchema.parse(JSON.parse(first ?? '')))).toEqual(
    Object.keys(syncAliasLineSchema.shape),
  );
  expect(JSON.parse(second ?? '')).toMatchObject({ priority: null });
});

test('a segment line has the published fields in the published order', () => {
  const lines = new LineBuffer(0);
  const segment = {
    last_updated_at: '2026-01-02T00:00:00Z',
    created_at: '2026-01-01T00:00:00Z',
    workspace_id: STAMP.workspaceId,
    state: 'enabled' as const,
    tags: ['a'],
    description: null,
    name: 'Readers',
    id: 'r',
    number: 7,
  };
  writeSegmentLine(lines, segment);
  const line = lines.bytes.toString();
  expect(line.endsWith('}\n')).toBe(true);
  expect(Object.keys(JSON.parse(line))).toEqual(Object.keys(segmentLineSchema.shape));
  expect(segmentLineSchema.parse(JSON.parse(line))).toEqual(segment);
});

describe('the user id of an alias', () => {
  test('is the UUIDv5 of RFC 9562', () => {
    // uuid.uuid5(uuid.NAMESPACE_DNS, 'email\0a@example.com') in Python.
    expect(aliasUserId([{ tag: 'email', id: 'a@example.com' }], NAMESPACE, sha1)).toBe(
      'c4d6a2fa-a69b-5631-8218-09c78adc5dad',
    );
  });

  test('comes from the lowest priority number; null is last and the first of equals wins', () => {
    const of = (...aliases: [string, number | null | undefined][]) =>
      aliasUserId(
        aliases.map(([id, priority]) => ({ tag: 't', id, priority })),
        NAMESPACE,
        sha1,
      );
    expect(of(['a', 2], ['b', 1], ['c', null])).toBe(of(['b', 0]));
    expect(of(['a', null], ['b', 5])).toBe(of(['b', 0]));
    expect(of(['a', 1], ['b', 1])).toBe(of(['a', 0]));
    expect(of(['a', undefined], ['b', null])).toBe(of(['a', 0]));
    expect(of(['a', -1], ['b', 0])).toBe(of(['a', 0]));
  });

  test('differs by tag, id and namespace', () => {
    const id = (tag: string, alias: string, namespace = NAMESPACE) =>
      aliasUserId([{ tag, id: alias }], namespace, sha1);
    expect(new Set([id('a', 'b'), id('b', 'a'), id('ab', ''), id('a', 'b', USER)]).size).toBe(4);
    expect(id('a', 'b')).toBe(id('a', 'b'));
  });
});
