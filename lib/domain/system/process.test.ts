import { expect, test } from 'vitest';
import { PROCESS_STALE_MS, type ProcessDetail, processDetailSchema, processState } from './process';

const detail: ProcessDetail = { host: 'h', pid: 1, notReady: [] };

test.each<[Parameters<typeof processState>[0], string]>([
  [{ ageMs: 4_000, detail }, 'ready'],
  [{ ageMs: PROCESS_STALE_MS, detail }, 'ready'],
  [{ ageMs: PROCESS_STALE_MS + 1, detail }, 'stale'],
  [{ ageMs: 0, detail: { ...detail, notReady: ['clock'] } }, 'not_ready'],
  [{ ageMs: 0, detail: null }, 'not_ready'],
])('%j is %s', (row, state) => expect(processState(row)).toBe(state));

test('what another version adds to its detail does not hide the process', () => {
  expect(processDetailSchema.parse({ ...detail, lanes: 7 })).toEqual(detail);
});
