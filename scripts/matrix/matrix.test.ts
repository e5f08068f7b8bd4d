import { expect, test } from 'vitest';
import { crashTable } from '@/lib/testing/crash-table';
import type { OracleVerdict } from '@/lib/testing/oracle';
import { readTables } from './read-tables';
import { countDeaths, toMarkdown } from './to-markdown';

const verdict = (holds: boolean): OracleVerdict => ({
  holds,
  sent: 12,
  acked: 12,
  delivered: 12,
  duplicates: 0,
  missing: 0,
  foreign: 0,
  broken: 0,
  files: 3,
  faults: [],
});
const row = (point: string, occurrence: number, againAt: string | null, holds = true) => ({
  point,
  occurrence,
  againAt,
  verdict: verdict(holds),
});

test('what the suites print comes back as point × occurrence → verdict, a broken one among several shows', () => {
  const table = crashTable('Workers killed', [
    row('before_put', 1, null),
    row('before_put', 2, 'in_recovery'),
    row('before_put', 2, null, false),
    row('after_commit', 1, 'before_put'),
  ]);
  const matrices = readTables(`noise\nstdout | somewhere\n${table}more noise\n${crashTable('Empty', [])}`);
  expect(matrices.map(({ title, deaths }) => [title, deaths.length])).toEqual([
    ['Workers killed', 4],
    ['Empty', 0],
  ]);
  expect(countDeaths(matrices)).toEqual({ deaths: 4, broken: 1 });
  expect(toMarkdown(matrices[0]!).split('\n')).toEqual([
    '### Workers killed',
    '',
    '| killed at | time 1 | time 2 | killed again in the recovery |',
    '| --- | --- | --- | --- |',
    '| `before_put` | exactly once | BROKEN | exactly once |',
    '| `after_commit` | exactly once |  | exactly once |',
    '',
  ]);
});
