import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const announced = z.object({ endpoint: z.string(), controlToken: z.string() });
const DOOR_DEADLINE_MS = 10_000;
const COMMAND_TRIES = 60;
const BETWEEN_TRIES_MS = 500;
const START_DEADLINE_MS = 30_000;

interface Running {
  readonly child: ChildProcess;
  readonly endpoint: string;
  readonly controlToken: string;
  readonly ended: Promise<void>;
}

export const REGION = 'eu-west-1';
export const BUCKET = 'chaos-events';

/** The S3 stand-in as a process of its own; killed and started again it has what it answered for. */
export class StandInProcess {
  private constructor(
    private readonly directory: string,
    readonly port: number,
    private running: Running,
  ) {}

  static async start(directory: string): Promise<StandInProcess> {
    const running = await launch(directory, 0);
    return new StandInProcess(directory, Number(new URL(running.endpoint).port), running);
  }

  /** Straight to the server, past the proxies. */
  get endpoint(): string {
    return this.running.endpoint;
  }

  signal(signal: NodeJS.Signals): void {
    this.running.child.kill(signal);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.running.ended;
  }

  async startAgain(): Promise<void> {
    this.running = await launch(this.directory, this.port);
  }

  /** One command of the control door. */
  async command<T>(name: string, body: object, answer: z.ZodType<T>): Promise<T> {
    const response = await fetch(`${this.running.endpoint}/_control/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.running.controlToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(DOOR_DEADLINE_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The control door answered ${response.status} to ${name}: ${text}`);
    return answer.parse(JSON.parse(text));
  }

  /** Runs it until it succeeds: the stand-in may just have been killed. */
  async whileUp<T>(run: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await run();
      } catch (error) {
        if (tries === COMMAND_TRIES) throw error;
        await pause(BETWEEN_TRIES_MS);
      }
    }
  }

  async stop(): Promise<void> {
    this.signal('SIGTERM');
    await this.running.ended;
  }
}

async function launch(directory: string, port: number): Promise<Running> {
  const args = ['--import', 'tsx', 'dev/s3-stand-in/main.ts', '--directory', directory];
  const child = spawn(
    process.execPath,
    [...args, '--port', String(port), '--region', REGION, '--bucket', BUCKET],
    { stdio: ['ignore', 'pipe', 'inherit'], detached: true },
  );
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.on('error', () => resolve());
  });
  const line = await Promise.race([firstLine(child), ended.then(() => null), deadline()]);
  if (line === null) throw new Error('The S3 stand-in did not start');
  return { child, ended, ...announced.parse(JSON.parse(line)) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', resolve);
  });
}

function deadline(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), START_DEADLINE_MS).unref());
}
