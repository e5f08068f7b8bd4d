import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { queueOptions } from './queue-backend';

export interface WorkerProcess {
  readonly pid: number;
  /** The exit: a code, or the signal that ended it. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** What it wrote to stderr so far. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
}

export interface WorkerProcessOptions {
  /** What a shell does before, as `ulimit -f 0`. */
  readonly limits?: string;
  /** What `bundleMain` made of another version; this one when absent. */
  readonly bundle?: string;
}

/** Where packages are found and nothing is committed. */
const BUNDLES = join('node_modules', '.cache', 'sluice-tests');

let bundled: Promise<string> | undefined;
const alive = new Set<ChildProcess>();

// What CommonJS packages ask for at run time.
const REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/**
 * Bundles `workers/main.ts` of the sources in a folder; the file goes when this process ends. With the packages, unlike
 * the build: a process that reads one file instead of a thousand starts in half the time.
 */
export async function bundleMain(folder: string, name: string): Promise<string> {
  const outfile = join(BUNDLES, `${name}-${process.pid}.mjs`);
  await build({
    entryPoints: [join(folder, 'workers', 'main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['pg-native', '@node-rs/argon2'],
    nodePaths: ['node_modules'],
    banner: { js: REQUIRE },
    logLevel: 'warning',
  });
  process.once('exit', () => {
    for (const child of alive) child.kill('SIGKILL');
    rmSync(outfile, { force: true });
  });
  return outfile;
}

/** A real `workers/main.ts <role>` in a process of its own; the environment holds only what is given. */
export async function startWorkerProcess(
  role: string,
  env: Readonly<Record<string, string>>,
  { limits = ':', bundle }: WorkerProcessOptions = {},
): Promise<WorkerProcess> {
  bundled ??= bundleMain('.', 'main');
  const file = bundle ?? (await bundled);
  const program = [process.execPath, file, role];
  const child: ChildProcess = spawn('/bin/sh', ['-c', `${limits} && exec "$0" "$@"`, ...program], {
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'test',
      LOG_LEVEL: 'info',
      SLUICE_MODE: 'demo',
      ...queueEnv(env.DATABASE_URL),
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  let output = '';
  child.stderr?.on('data', (text: Buffer) => {
    output += text.toString('utf8');
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  if (child.pid === undefined) throw new Error('The worker process did not start');
  return { pid: child.pid, ended, output: () => output, kill: (signal) => child.kill(signal) };
}

/** The same queue that the suite itself looks into; see `openQueueBackend`. */
function queueEnv(databaseUrl: string | undefined): Record<string, string> {
  const { redisUrl, redisPrefix } = queueOptions(databaseUrl ?? '');
  return redisUrl === undefined ? {} : { REDIS_URL: redisUrl, SLUICE_REDIS_PREFIX: redisPrefix };
}
