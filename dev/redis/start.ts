import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@/dev/debian/free-port';
import { type RunningProgram, startProgram } from '@/dev/debian/run-program';
import { findRedis } from './find-redis';

export interface RedisServer {
  /** `redis://:password@127.0.0.1:port`. */
  readonly url: string;
  /** Kills it. What it held is gone: nothing is ever written to disk. */
  kill(): Promise<void>;
  /** Starts it again, empty, at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const READY_DEADLINE_MS = 10_000;
const ANSWER_DEADLINE_MS = 1_000;

/**
 * Starts a Redis server on loopback, behind a password of its own and without persistence; fetches it first where
 * none is installed (into `cacheDirectory`, default `.sluice/cache`). Throws an error of one line.
 */
export async function startRedis(options: { cacheDirectory?: string } = {}): Promise<RedisServer> {
  const found = await findRedis(path.resolve(options.cacheDirectory ?? '.sluice/cache'));
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-redis-'));
  const password = randomBytes(18).toString('base64url');
  const port = await freePort();
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    requirepass: password,
    save: '',
    appendonly: 'no',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  let running: RunningProgram;
  const start = async () => {
    running = startProgram(found.program, args, { cwd: directory, environment: found.environment });
    await waitUntilReady(running, { port, password });
  };
  const killNow = () => void running.kill();
  const close = async () => {
    process.off('exit', killNow);
    await running.kill();
    await rm(directory, { recursive: true, force: true });
  };
  process.once('exit', killNow);
  try {
    await start();
  } catch (cause) {
    await close();
    throw new Error(`Redis cannot be started: ${cause instanceof Error ? cause.message : 'unknown'}`, {
      cause,
    });
  }
  return { url: `redis://:${password}@127.0.0.1:${port}`, kill: () => running.kill(), restart: start, close };
}

async function waitUntilReady(
  running: RunningProgram,
  at: { port: number; password: string },
): Promise<void> {
  const deadline = performance.now() + READY_DEADLINE_MS;
  while (!(await answers(at))) {
    if (running.hasEnded) throw new Error(`it ended: ${running.output.trim().split('\n').at(-1) ?? ''}`);
    if (performance.now() > deadline) throw new Error(`no answer within ${READY_DEADLINE_MS / 1_000} s`);
    await sleep(20);
  }
}

function answers({ port, password }: { port: number; password: string }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    const end = (isReady: boolean) => {
      socket.destroy();
      resolve(isReady);
    };
    socket.setTimeout(ANSWER_DEADLINE_MS, () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (part) => {
      said += String(part);
      if (said.includes('+PONG')) end(true);
    });
  });
}
