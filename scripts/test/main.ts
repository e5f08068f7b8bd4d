import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from '@/scripts/instance/build';
import { staticSteps } from '@/scripts/verify/static-steps';
import { runSteps, type Step } from '@/scripts/verify/steps';
import { runBrowserTests } from './browser';
import { addCounts, readPlaywrightCounts, readVitestCounts } from './counts';
import { listPlaywrightFailures, listVitestFailures } from './list-failures';
import { runOnRedis } from './redis';

const startedAt = performance.now();
const reports = mkdtempSync(join(tmpdir(), 'sluice-reports-'));
const report = (name: string) => join(reports, `${name}.json`);
const ON_REDIS = 'queue on Redis';
const tier2 = process.env.SLUICE_TEST_TIER2 === '1' || process.env.CI === 'true';

const vitest = (project: string, name = project): Step => ({
  name: `${name} tests`,
  program: 'node_modules/vitest/vitest.mjs',
  args: [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report(name)}`,
  ],
  env: { SLUICE_TEST_TIER2: tier2 ? '1' : '' },
});

async function runAll(): Promise<boolean> {
  if (!(await runSteps([...staticSteps(), vitest('unit'), vitest('simulation')]))) return false;
  // What takes minutes is run to its end, so that one run tells all that is wrong.
  const results = [await runSteps([vitest('integration')])];
  if (tier2) results.push(await runOnRedis(vitest('integration', ON_REDIS)));
  console.log('Building the product…');
  await buildAll();
  results.push(await runBrowserTests(report('browser')));
  return results.every((passed) => passed);
}

let ok = false;
try {
  ok = await runAll();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
if (!tier2)
  console.log(
    'The second tier (the queue on Redis, radosgw as a real S3 server) did not run: SLUICE_TEST_TIER2=1 npm test turns it on.',
  );
const counts = addCounts([
  readVitestCounts(report('unit')),
  readVitestCounts(report('simulation')),
  readVitestCounts(report('integration')),
  ...(tier2 ? [readVitestCounts(report(ON_REDIS))] : []),
  readPlaywrightCounts(report('browser')),
]);
const failures = [
  ...['unit', 'simulation', 'integration', ON_REDIS].flatMap((name) => listVitestFailures(report(name))),
  ...listPlaywrightFailures(report('browser')),
];
rmSync(reports, { recursive: true, force: true });
for (const { file, title, why } of failures) console.log(`✕ ${file} › ${title}\n${why}\n`);
console.log(`Took ${Math.round((performance.now() - startedAt) / 1000)} s`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(ok && counts.failed === 0 ? 0 : 1);
