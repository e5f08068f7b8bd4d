import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readTables } from './read-tables';
import { countDeaths, toMarkdown } from './to-markdown';

const SUITES = [
  'workers/delivery/crash-matrix',
  'workers/collector/crash-points',
  'workers/failures/side-crashes',
];
const USAGE = `Usage: npm run matrix -- [--core] [--json]
Kills real processes at each of their points and prints point × occurrence → verdict.
--core kills at each point once, as npm test does; otherwise also the second and third time, and in the recovery.`;

/** Runs the suites, their progress on stderr; everything they wrote to stdout. */
function runSuites(isCore: boolean): Promise<{ code: number | null; output: string }> {
  const vitest = [join('node_modules', 'vitest', 'vitest.mjs'), 'run', ...SUITES];
  const child = spawn(process.execPath, [...vitest, '--disable-console-intercept'], {
    env: { ...process.env, SLUICE_TEST_TIER2: isCore ? '' : '1', SLUICE_CRASH_MATRIX: 'whole' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    process.stderr.write(text);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

async function main(): Promise<boolean> {
  const options = { core: { type: 'boolean' }, json: { type: 'boolean' } } as const;
  const { values } = parseArgs({ options });
  const { code, output } = await runSuites(values.core ?? false);
  const matrices = readTables(output);
  const total = countDeaths(matrices);
  if (values.json) process.stdout.write(`${JSON.stringify({ ...total, matrices })}\n`);
  else {
    const summary = `${total.deaths} deaths, ${total.broken} of them broke the promise.`;
    process.stdout.write(`${matrices.map(toMarkdown).join('\n')}\n${summary}\n`);
  }
  return code === 0 && total.broken === 0 && matrices.length === SUITES.length;
}

main().then(
  (isClean) => process.exit(isClean ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(1);
  },
);
