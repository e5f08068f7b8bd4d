import { expect, test } from 'vitest';
import { hourMarkers, isHourComplete, type MarkedFile, type MarkedHour, markerMetadata } from './marker';

const PARTITION = 'type=events/year=2026/month=01/day=15/hour=14';
const file = (key: string, rows: number): MarkedFile => ({
  endpoint: '',
  bucket: 'aurora',
  key,
  rows,
  rawBytes: rows * 10,
  gzipBytes: rows,
  crcRaw: 0xabc,
});
const hour: MarkedHour = {
  routingId: 'r',
  type: 'events',
  hourMs: Date.UTC(2026, 0, 15, 14),
  accepted: 12,
  setAside: 1,
  gap: 1,
  files: [file(`a/${PARTITION}/one.jsonl.gz`, 4), file(`b/c/${PARTITION}/two.jsonl.gz`, 6)],
  present: { endpoint: '', bucket: 'aurora', prefix: 'now/' },
};

test('each place of the hour’s files gets a marker with its own files, and says how many rows are elsewhere', () => {
  const markers = hourMarkers(hour);
  expect(markers.map(({ key, rows }) => [key, rows])).toEqual([
    [`a/${PARTITION}/_complete.json`, 4],
    [`b/c/${PARTITION}/_complete.json`, 6],
  ]);
  expect(JSON.parse(markers[0]!.body)).toEqual({
    version: 1,
    routing_id: 'r',
    type: 'events',
    hour: '2026-01-15T14:00:00.000Z',
    files: [{ key: `a/${PARTITION}/one.jsonl.gz`, rows: 4, gzip_bytes: 4, raw_bytes: 40, crc32: '00000abc' }],
    totals: { files: 1, rows: 4, gzip_bytes: 4, raw_bytes: 40 },
    accepted_rows: 12,
    set_aside_rows: 1,
    gap_rows: 1,
    elsewhere_rows: 6,
  });
});

test('a quiet hour’s marker lies at the present place and lists nothing', () => {
  const quiet = { ...hour, accepted: 0, setAside: 0, gap: 0, files: [] };
  const [marker] = hourMarkers(quiet);
  expect(marker!.key).toBe(`now/${PARTITION}/_complete.json`);
  expect(JSON.parse(marker!.body)).toMatchObject({ files: [], totals: { files: 0, rows: 0 } });
});

test('the same hour makes the same bytes', () => {
  expect(hourMarkers(hour)).toEqual(hourMarkers(structuredClone(hour)));
});

test('an hour is complete when its rows add up, and not with one row more or less', () => {
  expect(isHourComplete(hour)).toBe(true);
  expect(isHourComplete({ ...hour, accepted: 13 })).toBe(false);
  expect(isHourComplete({ ...hour, accepted: 11 })).toBe(false);
});

test('an object of ours is known by its id, rows and checksum', () => {
  expect(markerMetadata({ id: 'm', rows: 4, crc32: 255 })).toEqual({
    'sluice-file': 'm',
    'sluice-rows': '4',
    'sluice-crc32': '000000ff',
  });
});
