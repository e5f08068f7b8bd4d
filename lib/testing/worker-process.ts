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

let bundled: Promise<string> | undefined;
const alive = new Set<ChildProcess>();

/** Where packages are found and nothing is committed. */
async function bundleMain(): Promise<string> {
  const outfile = join('node_modules', '.cache', 'sluice-tests', `main-${process.pid}.mjs`);
  await build({
    entryPoints: ['workers/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  process.once('exit', () => {
    for (const child of alive) child.kill('SIGKILL');
    rmSync(outfile, { force: true });
  });
  return outfile;
}

/**
 * A real `workers/main.ts <role>` in a process of its own; the environment holds only what is given. `limits` is what
 * a shell does before, as `ulimit -f 0`.
 */
export async function startWorkerProcess(
  role: string,
  env: Readonly<Record<string, string>>,
  limits = ':',
): Promise<WorkerProcess> {
  bundled ??= bundleMain();
  const program = [process.execPath, await bundled, role];
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
