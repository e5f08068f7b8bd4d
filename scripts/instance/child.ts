import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves when the process has ended: how, and the last thing it said to a person. */
  readonly ended: Promise<{ how: string; lastWords: string }>;
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
  const ended = new Promise<{ how: string; lastWords: string }>((resolve) => {
    child.on('error', (error) => resolve({ how: 'did not start', lastWords: error.message }));
    child.on('close', (code, signal) => {
      log.end();
      resolve({
        how: signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`,
        lastWords: lastPlainLine(tail),
      });
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

// Log lines are JSON and for the log; what is meant for a person is written plainly.
function lastPlainLine(text: string): string {
  const lines = text.trim().split('\n');
  return lines.findLast((line) => line !== '' && !line.startsWith('{')) ?? '';
}
