import { describe, expect, it } from 'vitest';
import type { ActivityView } from '@/lib/domain/routing/view';
import { activitySentence, isToldByLabel } from './activity-sentence';

const entry = (change: ActivityView['change']): ActivityView => ({
  id: 'x',
  at: '2026-11-22T14:00:00Z',
  actor: 'Mia Koch',
  change,
});

describe('activitySentence', () => {
  it('names both labels of a change and its reason', () => {
    const change = { kind: 'state', from: 'paused', to: 'resuming', cause: 'resume', reason: null } as const;
    expect(activitySentence(entry(change))).toBe('Paused → Resuming…');
    expect(activitySentence(entry({ ...change, reason: 'key rotated' }))).toBe(
      'Paused → Resuming…: key rotated',
    );
  });

  it('says which settings an edit changed, the access keys included', () => {
    const detail = { changed: ['bucket', 'promiseSeconds'], 'accessKeyIdLast4.after': 'BBBB' };
    expect(activitySentence(entry({ kind: 'audit', action: 'routing.update', detail }))).toBe(
      'Changed the bucket, the promise, the access keys',
    );
  });
});

describe('isToldByLabel', () => {
  it('drops the audit entry of a pause, which the change of label tells already', () => {
    expect(isToldByLabel(entry({ kind: 'audit', action: 'routing.pause', detail: {} }))).toBe(true);
    expect(isToldByLabel(entry({ kind: 'audit', action: 'routing.gap', detail: {} }))).toBe(true);
    expect(isToldByLabel(entry({ kind: 'audit', action: 'routing.update', detail: {} }))).toBe(false);
  });
});
