import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves when the process has ended, with the last line it wrote. */
  readonly ended: Promise<{ code: number | null; lastLine: string }>;
  /** SIGTERM, and SIGKILL when the deadline passes. */
  stop(deadlineMs: number): Promise<void>;
}

export interface ChildOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logDirectory: string;
}

/** Starts one process of the product; what it writes goes to a log file of its own. */
export function startChild(options: ChildOptions): Child {
  mkdirSync(options.logDirectory, { recursive: true, mode: 0o700 });
  const log = createWriteStream(join(options.logDirectory, `${options.name}.log`), {
    flags: 'a',
    mode: 0o600,
  });
  log.on('error', () => undefined);
  // A group of its own: Ctrl-C reaches only the starter, which then drains the parts in order.
  const child = spawn(process.execPath, options.args, {
    env: { ...options.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let tail = '';
  const keep = (text: Buffer) => {
    log.write(text);
    tail = (tail + text.toString('utf8')).slice(-4_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<{ code: number | null; lastLine: string }>((resolve) => {
    child.on('error', (error) => resolve({ code: -1, lastLine: error.message }));
    child.on('close', (code) => {
      log.end();
      resolve({ code, lastLine: tail.trim().split('\n').at(-1) ?? '' });
    });
  });
  return {
    name: options.name,
    pid: child.pid ?? -1,
    ended,
    stop: async (deadlineMs) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
