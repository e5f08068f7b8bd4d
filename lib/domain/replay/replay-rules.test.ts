import { expect, test } from 'vitest';
import { decideReplayOutcome } from './decide-outcome';
import { planRefusal, routingRefusal } from './plan-refusal';
import { planReplaySchema, startReplaySchema } from './replay-input';
import type { ReplayPlan } from './view';

const now = new Date('2026-11-22T12:00:00Z');
const plan: ReplayPlan = {
  mode: 'fill',
  types: ['events'],
  from: '2026-11-22T03:00:00.000Z',
  to: '2026-11-22T04:00:00.000Z',
  place: null,
  files: 2,
  rows: 10,
  gzipBytes: 1,
  notKept: { files: 0, rows: 0 },
  worksFrom: null,
  leftAlone: { pendingFiles: 0, pendingRows: 0, setAsideRows: 0, gapRows: 0 },
};

test('a routing that has ended, was never started or has no access says so, with what to do', () => {
  expect(routingRefusal({ lifecycle: 'active', hasAccess: true })).toBeNull();
  expect(routingRefusal({ lifecycle: 'paused', hasAccess: true })).toBeNull();
  expect(routingRefusal({ lifecycle: 'archived', hasAccess: true })).toContain('has ended');
  expect(routingRefusal({ lifecycle: 'draft', hasAccess: true })).toContain('never started');
  expect(routingRefusal({ lifecycle: 'active', hasAccess: false })).toContain('Connection page');
});

test('a range of which nothing can be written is refused with from when on it works', () => {
  expect(planRefusal(plan, now)).toBeNull();
  const worksFrom = '2026-11-22T04:00:00.000Z';
  expect(planRefusal({ ...plan, notKept: { files: 1, rows: 5 }, worksFrom }, now)).toBeNull();
  expect(planRefusal({ ...plan, notKept: { files: 2, rows: 10 }, worksFrom }, now)).toBe(
    'None of the 2 files can be written again: events are kept for 7 days. From 22 Nov 04:00 UTC on it works.',
  );
});

test('a range without a file, or with too many, is refused', () => {
  expect(planRefusal({ ...plan, files: 0 }, now)).toContain('was ever delivered');
  const leftAlone = { ...plan.leftAlone, pendingRows: 1 };
  expect(planRefusal({ ...plan, files: 0, leftAlone }, now)).toContain('delivery brings them by itself');
  expect(planRefusal({ ...plan, files: 50_001 }, now)).toContain('Choose a shorter range');
});

const input = {
  routingId: '7d9f6c1e-6a55-4a1a-9d3c-1f0d5f9b8a11',
  types: ['events', 'events'] as const,
  mode: 'fill' as const,
  from: '2026-11-22T03',
  to: '2026-11-22T04:00',
};

test('hours are taken as people and programs write them', () => {
  expect(planReplaySchema.parse({ ...input, types: [...input.types] })).toMatchObject({
    types: ['events'],
    from: '2026-11-22T03:00:00.000Z',
    to: '2026-11-22T04:00:00.000Z',
  });
});

test.each([
  ['an end before the beginning', { to: '2026-11-22T02' }],
  ['half an hour', { from: '2026-11-22T03:30' }],
  ['more than a month', { from: '2026-10-01T00' }],
  ['no type', { types: [] }],
  ['an unknown place', { mode: 'look' }],
  ['a dry run that is not asked for as one', { dryRun: 'true' }],
])('%s is refused', (_, change) => {
  expect(startReplaySchema.safeParse({ ...input, types: ['events'], ...change }).success).toBe(false);
});

test('our own object is present, unless this replay has seen the key empty before', () => {
  const own = {
    kind: 'delivered',
    how: 'own_earlier_write',
    outcome: 'refused',
    etag: 'e',
    gzipBytes: 1,
  } as const;
  const of = (mode: 'fill' | 'copy', wasMissing: boolean) => decideReplayOutcome(own, { mode, wasMissing });
  expect(of('fill', false)).toMatchObject({ state: 'present' });
  expect(of('fill', true)).toMatchObject({ state: 'restored' });
  expect(of('copy', false)).toMatchObject({ state: 'copied' });
});

test('what would hold a lane ends one file; what passes lets the replay wait', () => {
  const given = { mode: 'fill', wasMissing: false } as const;
  expect(decideReplayOutcome({ kind: 'conflict', outcome: 'refused' }, given)).toMatchObject({
    state: 'conflict',
  });
  expect(decideReplayOutcome({ kind: 'hold', outcome: 'refused', cause: 'x' }, given)).toEqual({
    kind: 'settled',
    state: 'failed',
    cause: 'x',
  });
  const again = { kind: 'again', outcome: 'refused', backOffMs: 5, access: 'doubted' } as const;
  expect(decideReplayOutcome({ ...again, cause: 'access_denied_unconfirmed' }, given)).toMatchObject({
    kind: 'again',
    isDenial: true,
  });
});
