import { parseArgs } from 'node:util';
import { runSeeds } from '@/lib/testing/simulation/run-seeds';
import { tellViolation } from '@/lib/testing/simulation/tell-violation';

const USAGE = 'npm run simulate -- [--seeds N] [--from S] [--seed S] [--json]';
const TOLD_MAX = 3;

function positive(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} is a whole number. ${USAGE}`);
  return value;
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const isOne = values.seed !== undefined;
const from = positive(values.seed ?? values.from, isOne ? 'seed' : 'from');
const count = isOne ? 1 : positive(values.seeds, 'seeds');
const startMs = performance.now();
const summary = await runSeeds({ from, count });
const elapsedMs = Math.round(performance.now() - startMs);
const failed = summary.failed.map(({ seed, violation }) => ({
  seed,
  rule: violation?.rule,
  detail: violation?.detail,
}));
if (values.json) console.log(JSON.stringify({ ...summary, failed, elapsedMs, node: process.version }));
else {
  const hours = (summary.virtualMs / 3_600_000).toFixed(1);
  console.log(`${summary.seeds} seeds, ${summary.steps} steps, ${hours} virtual hours in ${elapsedMs} ms`);
  console.log(
    `${failed.length} broke a rule${failed.length === 0 ? '' : `: ${failed.map(({ seed }) => seed).join(', ')}`}`,
  );
  for (const { seed } of failed.slice(0, TOLD_MAX)) console.log(`\n${await tellViolation(seed)}`);
}
process.exitCode = failed.length === 0 ? 0 : 1;
