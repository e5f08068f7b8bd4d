import { expect, test } from 'vitest';
import { NOTICE_AGE_MAX_MS, NOTICE_TRIES_MAX } from './back-off';
import { settleNotice } from './settle-notice';

const at = { tries: 1, ageMs: 0, random: 0 };

test('what was sent is done, and what never will be is given up at once', () => {
  expect(settleNotice({ kind: 'sent' }, at)).toEqual({ kind: 'sent' });
  const cause = 'receiver_gone';
  expect(settleNotice({ kind: 'refused', cause }, at)).toEqual({ kind: 'given_up', cause });
});

test('failures wait longer each time, and the last try gives up', () => {
  const waits: number[] = [];
  for (let tries = 1; tries < NOTICE_TRIES_MAX; tries += 1) {
    const settlement = settleNotice({ kind: 'failed', cause: 'timed_out' }, { ...at, tries });
    if (settlement.kind === 'again') waits.push(settlement.waitMs);
  }
  expect(waits).toHaveLength(NOTICE_TRIES_MAX - 1);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  const last = settleNotice({ kind: 'failed', cause: 'timed_out' }, { ...at, tries: NOTICE_TRIES_MAX });
  expect(last).toEqual({ kind: 'given_up', cause: 'timed_out' });
});

test('without a mail server nothing counts as a try, until it is no news any more', () => {
  expect(settleNotice({ kind: 'not_configured' }, at)).toMatchObject({ kind: 'again', isTry: false });
  const old = { ...at, ageMs: NOTICE_AGE_MAX_MS + 1 };
  expect(settleNotice({ kind: 'not_configured' }, old)).toEqual({
    kind: 'given_up',
    cause: 'not_configured',
  });
});
