import { describe, expect, it } from 'vitest';
import { timeFormat } from '@/lib/domain/format/time-format';
import { LABEL_DISPLAY, type RoutingLabel } from '@/lib/domain/routing/label';
import { verdictSentence } from './verdict';

const facts = {
  freshnessMs: 41_000,
  pendingRows: 18_204,
  pendingBytes: 15_300_000,
  promiseSeconds: 300,
  stateSince: '2026-11-22T13:58:10Z',
  keptUntil: '2026-11-29T13:58:00Z',
  whoseMove: 'customer',
  recentGaps: null,
  drainUntil: null,
} as const;
const nothing = { ...facts, freshnessMs: null, pendingRows: 0, pendingBytes: 0, keptUntil: null };
const vendor = { isCustomer: false, time: timeFormat('UTC'), now: new Date('2026-11-22T14:32:07Z') };
const customer = { ...vendor, isCustomer: true };

describe('verdictSentence', () => {
  it('does not say that nothing is lost where something was', () => {
    const recentGaps = {
      count: 1,
      rows: 5,
      firstReceivedAt: null,
      lastReceivedAt: null,
      lastRecordedAt: '2026-11-22T13:58:10Z',
      mayExist: false,
    };
    for (const label of ['blocked', 'failing', 'paused', 'late'] as const)
      expect(verdictSentence(label, { ...facts, recentGaps }, vendor)).not.toContain('Nothing is lost');
  });

  it('has a sentence for every label, whatever is waiting', () => {
    for (const label of Object.keys(LABEL_DISPLAY) as RoutingLabel[]) {
      expect(verdictSentence(label, facts, vendor)).toMatch(/^[A-Z].*\.$/);
      expect(verdictSentence(label, nothing, customer)).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('says how old the newest data is, to its owner as hers', () => {
    expect(verdictSentence('delivering', facts, customer)).toBe('Your newest data is 41 s old.');
    expect(verdictSentence('delivering', facts, vendor)).toBe('The newest data is 41 s old.');
  });

  it('says by which promise late data is late', () => {
    expect(verdictSentence('late', { ...facts, freshnessMs: 430_000 }, vendor)).toBe(
      'The newest data is 7 min 10 s old, over the promise of 5 min. Nothing is lost.',
    );
  });

  it('claims a complete delivery only when nothing is pending', () => {
    expect(verdictSentence('delivering', nothing, customer)).toBe(
      'Everything collected so far is in your bucket.',
    );
  });

  it('says of what ends until when it delivers, and what becomes of the rest', () => {
    const ending = { ...facts, drainUntil: '2026-11-23T13:58:00Z' };
    expect(verdictSentence('draining', ending, vendor)).toBe(
      'Delivering what is left: 18,204 events. What is not delivered by 23 Nov 13:58 UTC becomes a gap.',
    );
    const over = { ...facts, drainUntil: '2026-11-22T14:00:00Z' };
    expect(verdictSentence('draining', over, vendor)).toBe(
      'Nothing more is sent: 18,204 events become a gap once no upload is under way.',
    );
  });

  it('says of what stands still since when, what is held and until when', () => {
    expect(verdictSentence('blocked', { ...facts, pendingBytes: 2_900_000_000 }, vendor)).toBe(
      'AWS refuses us since 22 Nov 13:58 UTC. Nothing is lost: 18,204 events (2.9 GB) held until 29 Nov 13:58 UTC.',
    );
    expect(verdictSentence('blocked', { ...facts, whoseMove: 'us' }, vendor)).toMatch(
      /^Delivery stands still since/,
    );
    expect(verdictSentence('paused', facts, customer)).toContain(
      '18,204 events (15 MB) held until 29 Nov 13:58 UTC',
    );
    expect(verdictSentence('paused', nothing, vendor)).toBe('Delivery is paused. Nothing is waiting.');
  });

  it('waits for the first event without calling it a delay', () => {
    expect(verdictSentence('starting', nothing, vendor)).toBe(
      'Started: it delivers with the first event that arrives.',
    );
  });

  it('tells the customer that it is her move', () => {
    expect(verdictSentence('awaiting_customer', nothing, customer)).toContain('Waiting for you');
  });
});
