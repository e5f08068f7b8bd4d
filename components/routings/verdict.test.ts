import { describe, expect, it } from 'vitest';
import { LABEL_DISPLAY, type RoutingLabel } from '@/lib/domain/routing/label';
import { verdictSentence } from './verdict';

const facts = { freshnessMs: 41_000, pendingRows: 18_204, promiseSeconds: 300 };

describe('verdictSentence', () => {
  it('has a sentence for every label', () => {
    for (const label of Object.keys(LABEL_DISPLAY) as RoutingLabel[]) {
      expect(verdictSentence(label, facts)).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('says on which side of the promise the oldest undelivered event is', () => {
    expect(verdictSentence('delivering', facts)).toBe(
      'The oldest undelivered event is 41 s old, within the promise of 5 min.',
    );
    expect(verdictSentence('late', { ...facts, freshnessMs: 430_000 })).toBe(
      'The oldest undelivered event is 7 min 10 s old, over the promise of 5 min. Nothing is lost.',
    );
  });

  it('claims a complete delivery only when nothing is pending', () => {
    expect(verdictSentence('delivering', { ...facts, freshnessMs: null, pendingRows: 0 })).toBe(
      'Everything collected so far has been delivered.',
    );
  });

  it('says what a pause holds', () => {
    expect(verdictSentence('paused', facts)).toContain('18,204 events held');
    expect(verdictSentence('paused', { ...facts, pendingRows: 0 })).toBe(
      'Delivery is paused. Nothing is waiting.',
    );
  });

  it('waits for the first event without calling it a delay', () => {
    expect(verdictSentence('starting', { ...facts, freshnessMs: null, pendingRows: 0 })).toBe(
      'Started: it delivers with the first event that arrives.',
    );
  });
});
