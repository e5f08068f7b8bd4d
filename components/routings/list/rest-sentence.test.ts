import { expect, it } from 'vitest';
import { restSentence } from './rest-sentence';

it('sums up what is not in the view, the many first', () => {
  const others = { paused: 3, delivering: 2_003, idle: 4 };
  expect(restSentence('needs-me', others, false)).toBe(
    'Nothing else needs you. 2,003 delivering · 4 no traffic · 3 paused',
  );
  expect(restSentence('late', { delivering: 1 }, true)).toBe('Nothing is late. 1 delivering');
});

it('says no more than that where there is nothing else', () => {
  expect(restSentence('onboarding', {}, true)).toBe('Nothing is being set up.');
});
