import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { hashSources } from './source-hash';

const WEB_SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.js',
  'proxy.ts',
  'instrumentation.ts',
  'package.json',
  'postcss.config.mjs',
  'package-lock.json',
  'tsconfig.json',
];
const WEB_BUILD = '.next';
const NEXT = join('node_modules', 'next', 'dist', 'bin', 'next');

/** Builds the dashboard when its sources have changed since the last build. */
export async function buildWeb(): Promise<void> {
  const marker = join(WEB_BUILD, 'source-hash');
  const hash = hashSources(WEB_SOURCES);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return;
  await run('next build', [NEXT, 'build']);
  writeFileSync(marker, hash);
}

/** Bundles collector and worker into dist/main.js; packages stay outside. */
export async function bundleWorkers(): Promise<void> {
  await bundle({
    entryPoints: ['workers/main.ts'],
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
}

/** Everything that has to be made before a process of the product can start. */
export async function buildAll(): Promise<void> {
  await bundleWorkers();
  await buildWeb();
}

function run(name: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (text: Buffer) => {
      output += text.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${name} failed:\n${output.trim()}`)),
    );
  });
}
