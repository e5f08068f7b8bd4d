import { expect, test } from 'vitest';
import { timeFormat } from '@/lib/domain/format/time-format';
import { recentGapsSentence, retentionSentence } from './hold-sentence';

const READER = { time: timeFormat('UTC'), now: new Date('2026-11-22T14:00:00Z') };
const NOTICE = {
  threshold: 80,
  announcedAt: '2026-11-22T12:00:00Z',
  oldestReceivedAt: '2026-11-16T15:00:00Z',
  lostFrom: '2026-11-23T15:00:00Z',
  pendingRows: 9,
};

test('a banner says when loss begins, as of now', () => {
  const view = { retentionNotice: NOTICE, keptUntil: '2026-11-23T15:00:00Z', pendingRows: 12 };
  expect(retentionSentence(view, READER)).toMatch(
    /^12 events wait\. From 23 Nov 15:00.* \(in 1 d.* are lost, hour by hour/,
  );
  expect(retentionSentence({ ...view, keptUntil: '2026-11-22T13:00:00Z' }, READER)).toContain('since');
  expect(retentionSentence({ ...view, retentionNotice: null }, READER)).toBeNull();
  expect(retentionSentence({ ...view, pendingRows: 0 }, READER)).toBeNull();
});

test('a gap says how much of when, and what may exist', () => {
  const gaps = {
    count: 2,
    rows: 1_200,
    firstReceivedAt: '2026-11-15T13:00:00Z',
    lastReceivedAt: '2026-11-15T14:59:00Z',
    lastRecordedAt: '2026-11-22T13:00:00Z',
    mayExist: true,
  };
  const said = recentGapsSentence(gaps, READER);
  expect(said).toContain('1,200 events, received 15 Nov 13:00');
  expect(said).toContain('recorded as 2 gaps');
  expect(said).toContain('may lie in the bucket');
  expect(recentGapsSentence({ ...gaps, firstReceivedAt: null, mayExist: false }, READER)).toMatch(
    /^1,200 events will not be delivered: recorded as 2 gaps, the last one at [^.]+\.$/,
  );
});
