import { staticSteps } from './static-steps';
import { runSteps } from './steps';

const result = await runSteps([
  ...staticSteps(),
  { name: 'unit tests', program: 'node_modules/vitest/vitest.mjs', args: ['run', '--project', 'unit'] },
]);
process.exit(result ? 0 : 1);
