import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

interface Bench {
  readonly name: string;
  run(): Promise<Record<string, unknown>>;
}

const SUFFIX = '.bench.ts';
const names = readdirSync('bench')
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length))
  .sort();
const [name, ...flags] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  console.error(`Which benchmark? npm run bench -- <${names.join(' | ')}> [--json]`);
  process.exit(1);
}
const bench = (await import(`./${name}${SUFFIX}`)) as Bench;
const figures = await bench.run();
const result = {
  bench: name,
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 1e9),
  ...figures,
};
console.log(flags.includes('--json') ? JSON.stringify(result) : JSON.stringify(result, null, 2));
// A benchmark that states a bound says whether it held.
process.exit(figures.holds === false ? 1 : 0);
