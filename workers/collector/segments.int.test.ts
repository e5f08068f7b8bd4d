import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { segmentLineSchema } from '@/lib/domain/event/event-lines';
import { SEGMENTS_MAX } from '@/lib/domain/event/limits';
import { type CollectorSuite, collect, createCollectorSuite } from '@/lib/testing/collector';
import type { TestTenant } from '@/lib/testing/tenant';
import { wrapEventLog } from '@/lib/testing/wrapped-event-log';
import type { Collector } from './collector';
import { DEFAULT_LIMITS } from './limits';

let suite: CollectorSuite;
let collector: Collector;

beforeAll(async () => {
  suite = await createCollectorSuite();
  collector = await suite.startCollector();
});
afterAll(() => suite.close());

/** A workspace of the test's own, and how it sends its segments. */
async function open(): Promise<{ tenant: TestTenant; put: ReturnType<typeof putter> }> {
  const tenant = await suite.createWorkspace();
  return { tenant, put: putter(await suite.createKey('server', tenant)) };
}
const putter =
  (apiKey: string) =>
  (segments: unknown, options: { key?: string; to?: Collector } = {}) =>
    collect(options.to ?? collector, '/v2.0/segments', {
      method: 'PUT',
      headers: {
        'x-api-key': apiKey,
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
      },
      body: JSON.stringify(segments),
    });

/** The lines of every complete snapshot, oldest first. */
async function snapshots(tenant: TestTenant): Promise<Record<string, unknown>[][]> {
  const seen: Record<string, unknown>[][] = [[]];
  for (const { meta, text } of await suite.chunks('segment', tenant.workspaceId)) {
    seen.at(-1)?.push(
      ...text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
    if (meta.snapshotEnd) seen.push([]);
  }
  expect(seen.at(-1)).toEqual([]);
  return seen.slice(0, -1);
}

const segment = (number: number, more: object = {}) => ({
  number,
  id: `s${number}`,
  name: `Segment ${number}`,
  ...more,
});

describe('PUT /v2.0/segments', () => {
  test('writes the full set as one snapshot, by number', async () => {
    const { tenant, put } = await open();
    const full = {
      description: 'Reads "sport"',
      tags: ['a', 'b'],
      state: 'disabled',
      created_at: '2026-01-01T10:00:00+02:00',
      last_updated_at: '2026-01-02T00:00:00Z',
    };
    const answer = await put([segment(9), segment(2, full)]);
    expect(answer).toMatchObject({ status: 200, json: { count: 2 } });
    const [lines, ...others] = await snapshots(tenant);
    expect(others).toEqual([]);
    for (const line of lines ?? []) segmentLineSchema.parse(line);
    expect(lines?.map((line) => line.number)).toEqual([2, 9]);
    expect(lines?.[0]).toEqual({
      ...segment(2, full),
      created_at: '2026-01-01T08:00:00.000Z',
      last_updated_at: '2026-01-02T00:00:00.000Z',
      workspace_id: tenant.workspaceId,
    });
    expect(lines?.[1]).toMatchObject({ description: null, tags: [], state: 'enabled' });
  });

  test('replaces: what is not sent again is gone, what is unchanged keeps its times', async () => {
    const { tenant, put } = await open();
    await put([segment(1), segment(2), segment(3)]);
    await put([segment(2), segment(3, { name: 'Renamed' }), segment(4)]);
    const [before = [], after = []] = await snapshots(tenant);
    expect(after.map((line) => line.number)).toEqual([2, 3, 4]);
    expect(after[0]).toEqual(before[1]);
    expect(after[1]?.created_at).toBe(before[2]?.created_at);
    expect(Date.parse(String(after[1]?.last_updated_at))).toBeGreaterThan(
      Date.parse(String(before[2]?.last_updated_at)),
    );
  });

  test('two segments may swap their ids', async () => {
    const { tenant, put } = await open();
    await put([segment(1, { id: 'a' }), segment(2, { id: 'b' })]);
    expect((await put([segment(1, { id: 'b' }), segment(2, { id: 'a' })])).status).toBe(200);
    expect((await snapshots(tenant)).at(-1)?.map((line) => line.id)).toEqual(['b', 'a']);
  });

  test('the same set again writes nothing', async () => {
    const { tenant, put } = await open();
    await put([segment(1), segment(2)]);
    expect(await put([segment(2), segment(1)])).toMatchObject({ status: 200, json: { count: 2 } });
    expect(await snapshots(tenant)).toHaveLength(1);
  });

  test('5,000 segments are one snapshot of several chunks', async () => {
    const { tenant, put } = await open();
    await put(Array.from({ length: 5_000 }, (_, number) => segment(number)));
    const [lines] = await snapshots(tenant);
    expect(lines?.map((line) => line.number)).toEqual(Array.from({ length: 5_000 }, (_, number) => number));
  });

  test('concurrent sets at two collectors: the newest snapshot is the set that is kept', async () => {
    const { tenant, put } = await open();
    const other = await suite.startCollector();
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => put([segment(n)], { to: n % 2 === 0 ? collector : other })),
    );
    const kept = await suite.sql.query<{ number: number }>(
      'SELECT number FROM segment WHERE workspace_id = $1',
      [tenant.workspaceId],
    );
    expect((await snapshots(tenant)).at(-1)?.map((line) => line.number)).toEqual([kept.rows[0]?.number]);
  });

  test('a snapshot that was not stored is completed by the next call', async () => {
    const { tenant, put } = await open();
    const log = wrapEventLog(suite.log, () => Promise.reject(new Error('the disk is full')));
    const failing = await suite.startCollector({ log });
    expect(await put([segment(1)], { to: failing })).toMatchObject({
      status: 503,
      json: { error: { code: 'outcome_unknown' } },
    });
    expect((await put([segment(1)])).status).toBe(200);
    expect(await snapshots(tenant)).toHaveLength(1);
  });

  test('a retry with the same key gets the first answer and does not bring back an older set', async () => {
    const { tenant, put } = await open();
    const first = await put([segment(1)], { key: 'k' });
    await put([segment(2)]);
    const retry = await put([segment(1)], { key: 'k' });
    expect([retry.text, retry.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
    expect((await snapshots(tenant)).at(-1)?.map((line) => line.number)).toEqual([2]);
    expect((await put([segment(3)], { key: 'k' })).status).toBe(422);
  });

  test.each([
    ['an empty set', []],
    ['no list', { segments: [] }],
    ['a number twice', [segment(1), segment(1, { id: 'x' })]],
    ['an id twice', [segment(1), segment(2, { id: 's1' })]],
    ['an unknown state', [segment(1, { state: 'on' })]],
    ['a segment without name', [{ number: 1, id: 'a' }]],
  ])('%s is refused and changes nothing', async (_name, body) => {
    const { tenant, put } = await open();
    expect(await put(body)).toMatchObject({ status: 400, json: { error: { code: 1000 } } });
    expect(await snapshots(tenant)).toEqual([]);
  });

  test('the largest set that is taken fits into one append, however badly it compresses', async () => {
    const { tenant, put } = await open();
    const signs = Array.from({ length: 94 }, (_, n) => String.fromCharCode(0x21 + n)).filter(
      (sign) => sign !== '"' && sign !== '\\',
    );
    const noise = (length: number) =>
      Array.from(randomBytes(length), (byte) => signs[byte % signs.length]).join('');
    const largest = Array.from({ length: SEGMENTS_MAX }, (_, n) => segment(n, { name: noise(100) }));
    const sizeOf = (set: unknown) => Buffer.byteLength(JSON.stringify(set));
    const spare = DEFAULT_LIMITS.segmentSetBytesMax - sizeOf(largest) - 100;
    const filled = largest.map((one, n) =>
      n < Math.floor(spare / 9_000) ? { ...one, description: noise(8_980) } : one,
    );
    expect(sizeOf(filled)).toBeGreaterThan(DEFAULT_LIMITS.segmentSetBytesMax - 10_000);
    expect((await put(filled)).status).toBe(200);
    const [lines, ...others] = await snapshots(tenant);
    expect(lines).toHaveLength(SEGMENTS_MAX);
    expect(others).toEqual([]);
    const appended = await suite.sql.query<{ chunks: number }>(
      `SELECT cardinality(a.offsets) AS chunks FROM log.append a ORDER BY a.at DESC LIMIT 1`,
    );
    expect(appended.rows).toEqual([{ chunks: SEGMENTS_MAX / 1_000 }]);
  });

  test('a set too large for one snapshot is refused with 413, and the set before stays', async () => {
    const { tenant, put } = await open();
    await put([segment(1)]);
    const description = 'x'.repeat(9_000);
    const answer = await put(Array.from({ length: 400 }, (_, n) => segment(n, { description })));
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('A segment set has at most 3145728 bytes.');
    const kept = await suite.sql.query('SELECT number FROM segment WHERE workspace_id = $1', [
      tenant.workspaceId,
    ]);
    expect(kept.rows).toEqual([{ number: 1 }]);
    expect(await snapshots(tenant)).toHaveLength(1);
  });
});
