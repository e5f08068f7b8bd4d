import { rmSync } from 'node:fs';
import type { Step } from './steps';

/** Format, lint, arrows and types: what needs no running. */
export function staticSteps(): readonly Step[] {
  // Types of routes as they were at the last build would fail for a page that has moved; the next build writes them anew.
  for (const directory of ['.next/types', '.next/dev/types'])
    rmSync(directory, { recursive: true, force: true });
  return [
    {
      name: 'format, lint and arrows',
      program: 'node_modules/@biomejs/biome/bin/biome',
      args: ['ci', '--diagnostic-level=warn', '.'],
    },
    { name: 'types', program: 'node_modules/typescript/bin/tsc', args: ['--noEmit'] },
  ];
}
