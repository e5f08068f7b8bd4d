import { describe, expect, it } from 'vitest';
import type { RoutingView } from '@/lib/domain/routing/view';
import { settingsDifferences } from './settings-differences';

const routing: RoutingView = {
  id: 'r',
  version: 1,
  name: 'Main site',
  organization: { id: 'o', name: 'Aurora' },
  workspace: { id: 'w', name: 'Main site' },
  intent: 'run',
  lifecycle: 'draft',
  health: 'unknown',
  healthCause: null,
  isMeasured: true,
  label: 'draft',
  stateSince: '2026-11-22T14:00:00Z',
  stuckSince: null,
  whoseMove: 'us',
  destination: {
    endpoint: '',
    bucket: 'aurora-events',
    region: 'eu-west-1',
    prefix: '',
    kmsKeyArn: null,
    version: 1,
    accessKeyIdLast4: 'AAAA',
    roleArn: null,
  },
  dataTypes: ['events', 'segment'],
  eventNames: [],
  promiseSeconds: 300,
  flushIntervalMs: 60_000,
  hourMarkers: false,
  accessProbe: true,
  freshnessMs: null,
  retentionHours: 168,
  drainUntil: null,
  pendingRows: 0,
  pendingBytes: 0,
  keptUntil: null,
  drainMs: null,
  lastFile: null,
  retentionNotice: null,
  recentGaps: null,
  access: { provenAt: null, isProbed: true, isVersioned: false },
  createdAt: '2026-11-22T14:00:00Z',
};

describe('settingsDifferences', () => {
  it('finds none where only the version and the order of types differ', () => {
    expect(
      settingsDifferences(routing, { ...routing, version: 2, dataTypes: ['segment', 'events'] }),
    ).toEqual([]);
  });

  it('names each setting that somebody else changed, with both values', () => {
    const now = {
      ...routing,
      flushIntervalMs: 15_000,
      destination: { ...routing.destination, prefix: 'sluice/', accessKeyIdLast4: 'BBBB' },
    };
    expect(settingsDifferences(routing, now)).toEqual([
      { field: 'Prefix', before: 'none', now: 'sluice/' },
      { field: 'Access', before: 'access key that ends in AAAA', now: 'access key that ends in BBBB' },
      { field: 'A file about every', before: '1 min', now: '15 s' },
    ]);
  });
});
