import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface WorkerProcess {
  readonly pid: number;
  /** The exit: a code, or the signal that ended it. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** What it wrote to stderr so far. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
}

/** A real `workers/main.ts <role>` in a process of its own; the environment holds only what is given. */
export function startWorkerProcess(role: string, env: Readonly<Record<string, string>>): WorkerProcess {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'workers/main.ts', role], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'test', LOG_LEVEL: 'info', SLUICE_MODE: 'demo', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr?.on('data', (text: Buffer) => {
    output += text.toString('utf8');
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  if (child.pid === undefined) throw new Error('The worker process did not start');
  return { pid: child.pid, ended, output: () => output, kill: (signal) => child.kill(signal) };
}
