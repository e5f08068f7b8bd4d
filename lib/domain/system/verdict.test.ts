import { expect, test } from 'vitest';
import type { ProcessKind, ProcessView } from './process';
import { systemVerdict } from './verdict';

const at = '2026-11-22T10:00:00Z';
const one = (kind: ProcessKind, state: ProcessView['state']): ProcessView => ({
  id: `${kind}-${state}`,
  kind,
  state,
  version: '1',
  startedAt: at,
  seenAt: at,
  detail: null,
});
const all = [one('web', 'ready'), one('collector', 'ready'), one('worker', 'ready')];

test.each([
  ['nothing is known', null, 'not known'],
  ['nothing runs', [], 'No collector'],
  ['the only worker is stale', [...all.slice(0, 2), one('worker', 'stale')], 'No worker'],
  ['one of two workers is stale', [...all, one('worker', 'stale')], '1 of 4 processes is stale'],
  ['one of two is not ready', [...all, one('worker', 'not_ready')], '1 of 4 processes is not ready'],
  ['all is well', all, 'all ready'],
] as const)('when %s', (_, processes, words) => {
  expect(systemVerdict(processes).sentence).toContain(words);
});
