import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Child, startChild } from '@/scripts/instance/child';

export interface ProductProcessOptions {
  readonly name: string;
  readonly role: 'worker' | 'collector';
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logDirectory: string;
  /** Told when a process ended that nobody ended, with what it said last. */
  readonly onSurprise: (sentence: string) => void;
}

const RESTART_AFTER_MS = 300;
const STOP_DEADLINE_MS = 30_000;

/** A worker or collector that is started again whenever it ends, as a supervisor in production does. */
export class ProductProcess {
  private child: Child;
  private runs = 0;
  private isStopping = false;
  private isExpectedToEnd = false;
  private extra: Readonly<Record<string, string>> = {};

  constructor(private readonly options: ProductProcessOptions) {
    this.child = this.launch();
  }

  get name(): string {
    return this.options.name;
  }

  get restarts(): number {
    return this.runs - 1;
  }

  /** Anything but a SIGKILL leaves it running. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    if (signal === 'SIGKILL') this.isExpectedToEnd = true;
    sendSignal(this.child.pid, signal);
  }

  /** SIGTERM and a start again; with settings of that one run, such as a crash point. */
  async restart(extra: Readonly<Record<string, string>> = {}): Promise<void> {
    this.isExpectedToEnd = true;
    this.extra = extra;
    await this.child.stop(STOP_DEADLINE_MS);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    sendSignal(this.child.pid, 'SIGCONT');
    await this.child.stop(STOP_DEADLINE_MS);
  }

  private launch(): Child {
    const { name, role, program, env, logDirectory } = this.options;
    this.runs += 1;
    // A run that is armed is meant to end, once.
    this.isExpectedToEnd = Object.keys(this.extra).length > 0;
    const child = startChild({
      name: `${name}.${this.runs}`,
      args: ['--enable-source-maps', program, role],
      env: { ...env, ...this.extra },
      logDirectory,
    });
    this.extra = {};
    void this.startAgainAfter(child, join(logDirectory, `${name}.${this.runs}.log`));
    return child;
  }

  private async startAgainAfter(child: Child, logFile: string): Promise<void> {
    const { how, lastWords } = await child.ended;
    if (this.isStopping) return;
    // One that does not start, because its database is away, says so in a sentence and is tried again.
    if (!this.isExpectedToEnd && readFileSync(logFile, 'utf8').includes('"Started"')) {
      this.options.onSurprise(`${this.name} ${how}: ${lastWords} (${logFile})`);
    }
    await pause(RESTART_AFTER_MS);
    if (!this.isStopping) this.child = this.launch();
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
