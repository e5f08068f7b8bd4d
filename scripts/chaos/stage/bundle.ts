import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface Bundle {
  readonly program: string;
  remove(): void;
}

/** Collector and worker in one file where packages are found, apart from the build that others may be making. */
export async function bundleProduct(): Promise<Bundle> {
  const directory = join('node_modules', '.cache', `sluice-chaos-${process.pid}`);
  const program = join(directory, 'main.mjs');
  await build({
    entryPoints: ['workers/main.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
  return { program, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
