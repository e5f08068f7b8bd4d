import { expect, test } from 'vitest';
import { noticeWhy } from './notice-words';

test.each([
  [{ state: 'sent', cause: null, tries: 1 }, null],
  [{ state: 'queued', cause: null, tries: 0 }, null],
  [{ state: 'queued', cause: 'not_configured', tries: 0 }, 'No mail server is set up.'],
  [{ state: 'queued', cause: 'answered_500', tries: 2 }, 'The receiver answered 500 (2 tries).'],
  [
    { state: 'given_up', cause: 'recipient_refused', tries: 1 },
    'The mail server refuses this address (one try).',
  ],
] as const)('%j reads “%s”', (notice, words) => expect(noticeWhy(notice)).toBe(words));
