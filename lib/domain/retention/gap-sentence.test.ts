import { expect, test } from 'vitest';
import { gapSentence, noticeSentence } from './gap-sentence';

const DETAIL = { type: 'events', streamId: 7, firstOffset: 3, lastOffset: 9, rows: 1_200 };

test('a gap is told with its rows and offsets, and whether it may exist after all', () => {
  expect(gapSentence(DETAIL)).toBe(
    'Gap: 1,200 rows of events (stream 7, offsets 3 to 9) were not delivered within their retention and will not be delivered.',
  );
  expect(gapSentence({ ...DETAIL, cause: 'released', mayExist: true })).toBe(
    'Gap: 1,200 rows of events (stream 7, offsets 3 to 9) were given up and will not be delivered. ' +
      'An answer was lost: they may lie in the bucket all the same.',
  );
  expect(gapSentence({})).toBe('Recorded a gap');
});

test('a notice is told with its share of the retention', () => {
  expect(noticeSentence({ threshold: 80, pendingRows: 1_200 })).toBe(
    'Retention: the oldest of 1,200 undelivered events reached 80 % of the time for which it is held',
  );
});
