import { expect, test } from 'vitest';
import { gapReason } from './gap';

const CHUNKS = { laneId: 1, streamId: 7, type: 'events', firstOffset: 3, lastOffset: 9 } as const;

test('a resume that finds every chunk says nothing', () => {
  expect(gapReason([], [])).toBeNull();
});

test('a gap is told with its offsets and rows, a lane that stays held with its cut', () => {
  expect(gapReason([{ ...CHUNKS, rows: 1_200 }], [{ ...CHUNKS, type: 'segment' }])).toBe(
    'Gap: 1,200 rows of events (stream 7, offsets 3 to 9) were no longer kept and will not be delivered. ' +
      'Still held: a cut over segment (stream 7, offsets 3 to 9) is open, and chunks of it are no longer kept.',
  );
});
