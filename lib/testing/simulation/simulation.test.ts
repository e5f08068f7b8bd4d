import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { PINNED_SEEDS } from './pinned-seeds';
import { REQUIRED_KINDS } from './required-kinds';
import { runSeed } from './run-seed';
import { runSeeds } from './run-seeds';
import { addSeed, NO_SEEDS } from './seed-summary';
import { tellViolation } from './tell-violation';

const SEEDS = 2_000;
const MINUTES_MS = 60_000;

describe('the whole protocol on virtual time', () => {
  test('nothing is lost and nothing comes twice over 2,000 seeds, in which every kind of trouble happened', {
    timeout: 20 * MINUTES_MS,
  }, async () => {
    const { seeds, failed, coverage } = await runSeeds({ from: 1, count: SEEDS });
    const [first] = failed;
    expect(first === undefined ? '' : await tellViolation(first.seed)).toBe('');
    expect(seeds).toBe(SEEDS);
    expect(REQUIRED_KINDS.filter((kind) => (coverage[kind] ?? 0) === 0)).toEqual([]);
  });

  test.for(PINNED_SEEDS)('$shows', { timeout: 5 * MINUTES_MS }, async ({ seeds, profile, happens }) => {
    let summary = NO_SEEDS;
    for (const seed of seeds) summary = addSeed(summary, await runSeed({ seed, profile: profile ?? {} }));
    expect(summary.failed).toEqual([]);
    expect(happens.filter((kind) => (summary.coverage[kind] ?? 0) === 0)).toEqual([]);
  });
});

describe('a seed', () => {
  test('is the same run every time, in this process and in another', {
    timeout: 5 * MINUTES_MS,
  }, async () => {
    const seeds = [1, 2, 3, 5, 8, 13];
    const here = [];
    for (const seed of seeds) here.push(await runSeed({ seed }));
    const again = [];
    for (const seed of seeds.toReversed()) again.unshift(await runSeed({ seed }));
    expect(again).toEqual(here);
    const script = `import { runSeed } from './lib/testing/simulation/run-seed.ts';
        for (const seed of ${JSON.stringify(seeds)}) console.log((await runSeed({ seed })).hash);`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout.trim().split('\n')).toEqual(here.map(({ hash }) => hash));
  });
});

describe('the oracle bites', () => {
  test.for([
    ['a store that overwrites', { storeIgnoresCondition: true }],
    ['a seal without compare-and-set', { sealWithoutCompare: true }],
    ['a 412 that passes for success', { every412IsOurs: true }],
    ['a replay that overwrites', { replayOverwrites: true }],
    ['a replay that writes beside what it should fill', { replayDoubles: true }],
    ['a marker of an hour that is sealed and not delivered', { markerAtNext: true }],
    ['a marker that leaves a file out', { markerLeavesOut: true }],
    ['a refused probe that says nothing', { probeIsSilent: true }],
    ['freshness that is better than the truth', { freshnessOfNow: true }],
  ] as const)('%s is noticed', { timeout: 5 * MINUTES_MS }, async ([, flaws]) => {
    // Most show within twenty seeds: other processes would take longer to begin.
    let isNoticed = false;
    for (let seed = 1; seed <= 400 && !isNoticed; seed += 1)
      isNoticed = (await runSeed({ seed, flaws })).violation !== null;
    expect(isNoticed).toBe(true);
  });
});
