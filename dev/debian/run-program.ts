import { type ChildProcess, spawn } from 'node:child_process';

const OUTPUT_MAX = 4_000;
const PRINTED_MAX = 1_000_000;

/** Settings a program is started with; nothing else of our own environment reaches it. */
export interface ProgramPlace {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts a program and leaves it running; what it says is kept for an error message. */
export function startProgram(program: string, args: readonly string[], place: ProgramPlace): RunningProgram {
  const child = spawn(program, args, {
    cwd: place.cwd,
    env: { NODE_ENV: 'test', ...place.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new RunningProgram(program, child);
}

export class RunningProgram {
  #output = '';
  #printed = '';
  /** Resolves with the exit code, or null after a signal or when it could not be started. */
  readonly ended: Promise<number | null>;

  constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    const keep = (part: unknown) => {
      this.#output = (this.#output + String(part)).slice(-OUTPUT_MAX);
    };
    child.stdout?.on('data', (part) => {
      keep(part);
      if (this.#printed.length < PRINTED_MAX) this.#printed += String(part);
    });
    child.stderr?.on('data', keep);
    this.ended = new Promise((resolve) => {
      child.once('error', (cause) => {
        keep(cause.message);
        resolve(null);
      });
      child.once('close', (code) => resolve(code));
    });
  }

  /** The last words, of stdout and stderr. */
  get output(): string {
    return this.#output;
  }

  /** All of stdout. */
  get printed(): string {
    return this.#printed;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined;
  }

  /** Ends it at once and waits until it is gone; it holds nothing that is worth a clean stop. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

/** Runs a program to its end and returns what it printed; any other end than success is an error of one line. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramPlace & { readonly deadlineMs: number },
): Promise<string> {
  const running = startProgram(program, args, options);
  const timer = setTimeout(() => void running.kill(), options.deadlineMs);
  const code = await running.ended;
  clearTimeout(timer);
  if (code === 0) return running.printed;
  const why = running.output.trim().split('\n').at(-1) ?? '';
  throw new Error(`${program} failed (${code === null ? 'no exit code' : `exit code ${code}`}): ${why}`);
}
