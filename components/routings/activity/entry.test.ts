import { describe, expect, test } from 'vitest';
import type { ActivityView } from '@/lib/domain/routing/view';
import { activityEntry } from './entry';

const entry = (change: ActivityView['change'], actor = 'Mia Koch') =>
  activityEntry({ id: 'x', at: '2026-11-22T14:00:00Z', actor, change });

const audit = (action: string, detail: Record<string, unknown> = {}) =>
  entry({ kind: 'audit', action, detail });

describe('an edit', () => {
  test('is told setting by setting, before and after, in the words of the forms', () => {
    const { sentence, changes } = audit('routing.update', {
      changed: [
        'bucket',
        'promiseSeconds',
        'prefix',
        'endpoint',
        'dataTypes',
        'eventNames',
        'flushIntervalMs',
      ],
      'bucket.before': 'aurora-events',
      'bucket.after': 'aurora-archive',
      'promiseSeconds.before': 300,
      'promiseSeconds.after': 60,
      'flushIntervalMs.before': 60_000,
      'flushIntervalMs.after': 15_000,
      'prefix.before': '',
      'prefix.after': 'sluice/',
      'endpoint.before': '',
      'endpoint.after': 'http://127.0.0.1:9000',
      'dataTypes.before': ['events'],
      'dataTypes.after': ['events', 'segment'],
      'eventNames.before': [],
      'eventNames.after': ['Pageview'],
      destinationVersion: 2,
    });
    expect(sentence).toBe('Changed the destination (version 2)');
    expect(audit('routing.update', { 'name.after': 'App' }).sentence).toBe('Changed the settings');
    expect(changes).toEqual([
      { setting: 'Bucket', before: 'aurora-events', after: 'aurora-archive' },
      { setting: 'Promise', before: '5 min', after: '1 min' },
      { setting: 'A file about every', before: '1 min', after: '15 s' },
      { setting: 'Prefix', before: 'none', after: 'sluice/' },
      { setting: 'Served by', before: 'Amazon S3', after: 'http://127.0.0.1:9000' },
      { setting: 'Data types', before: 'events', after: 'events, segment' },
      { setting: 'Names of events', before: 'all', after: 'Pageview' },
    ]);
  });

  test('of the keys shows their last four signs and no more', () => {
    expect(
      audit('routing.enter_access', { 'accessKeyIdLast4.before': null, 'accessKeyIdLast4.after': 'EDRO' }),
    ).toMatchObject({
      sentence: 'Entered access keys',
      changes: [{ setting: 'Access key', before: 'none', after: 'ends in EDRO' }],
    });
    const rotated = { 'accessKeyIdLast4.before': 'AAAA', 'accessKeyIdLast4.after': 'EDRO' };
    expect(audit('routing.enter_access', rotated).sentence).toBe('Replaced the access keys');
  });
});

describe('a change of the status', () => {
  const state = { kind: 'state', from: 'delivering', to: 'blocked', cause: 'delivery.refused' } as const;

  test('by Sluice says what stands behind the cause', () => {
    const told = entry({ ...state, reason: 'bucket_missing' }, 'worker:w1');
    expect(told.labels).toEqual({ from: 'delivering', to: 'blocked' });
    expect(told.sentence).toContain('There is no bucket of this name');
    expect(told.actor).toBe('Sluice');
  });

  test('by a person says their reason as it was given', () => {
    const told = entry({ ...state, reason: 'bucket_missing' });
    expect([told.sentence, told.actor]).toEqual(['bucket_missing', 'Mia Koch']);
    expect(entry({ ...state, reason: null }).sentence).toBeNull();
  });
});

test('a creation says whether it has access, and an act without words is named', () => {
  expect(audit('routing.create', { accessKeyIdLast4: 'AAAA' }).sentence).toBe('Created');
  expect(audit('routing.create', { accessKeyIdLast4: null }).sentence).toBe('Created without access keys');
  expect(audit('routing.unheard_of')).toMatchObject({ sentence: 'routing.unheard_of', changes: [] });
});

test('an act without words of its own here is told as the audit tells it; one nobody knows keeps its name', () => {
  expect(audit('routing.replay', { files: 3 }).sentence).toBe('Started a replay (3 files) of the routing');
  expect(audit('routing.replay_cancel').sentence).toBe('Cancelled a replay of the routing');
  expect(audit('routing.reconcile').sentence).toBe('Compared what the routing delivered with the bucket');
  expect(audit('routing.set_aside', { rows: 4 }).sentence).toMatch(/^Set aside 4 rows/);
  expect(audit('routing.unheard_of').sentence).toBe('routing.unheard_of');
});

test('what a person gave up is not told as delivered twice', () => {
  const detail = { to: 'gap', reason: 'bucket gone' };
  expect(audit('routing.release', detail).sentence).toBe(
    'Gave up a file that could not be delivered: bucket gone',
  );
});
