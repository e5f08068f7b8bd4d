import { runSteps } from './steps';

const result = await runSteps([
  {
    name: 'format, lint and arrows',
    program: 'node_modules/@biomejs/biome/bin/biome',
    args: ['ci', '--diagnostic-level=warn', '.'],
  },
  { name: 'types', program: 'node_modules/typescript/bin/tsc', args: ['--noEmit'] },
  { name: 'unit tests', program: 'node_modules/vitest/vitest.mjs', args: ['run', '--project', 'unit'] },
]);
process.exit(result ? 0 : 1);
