import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { findPostgresBinaries } from './binaries';
import { launch } from './launch';

export interface EmbeddedPostgres {
  readonly port: number;
  readonly pid: number;
  /** The URL of one of its databases; it holds the password. */
  url(database: string): string;
  createDatabase(name: string, template?: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  /** Resolves when the server has ended, wanted or not. */
  readonly ended: Promise<{ code: number | null; lastWords: string }>;
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  readonly directory: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Extra `-c` settings. */
  readonly settings?: Readonly<Record<string, string>>;
  /** No file of the server grows beyond this, roughly; the server takes it for a full disk. */
  readonly fileBytesMax?: number;
}

const START_DEADLINE_MS = 30_000;
const LAST_WORDS_MAX = 4_000;
const USER = 'sluice';

/** Starts Postgres on loopback; the first start makes the cluster with SCRAM and a random password. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await findPostgresBinaries();
  const data = join(options.directory, 'data');
  const passwordFile = join(options.directory, 'password');
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(binaries.initdb, data, passwordFile);
  stopLeftOver(data);
  const password = readFileSync(passwordFile, 'utf8').trim();
  const port = options.port === 0 ? await findFreePort() : options.port;
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    ...options.settings,
  };
  const args = [
    '-D',
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const [program, ...before] = limited(binaries.postgres, options.fileBytesMax);
  const child = launch(program, [...before, ...args], data);
  const ended = watch(child);
  const url = (database: string) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;
  await waitUntilReady(url('postgres'), ended);
  return {
    port,
    pid: child.pid ?? -1,
    url,
    createDatabase: (name, template) =>
      admin(
        url('postgres'),
        `CREATE DATABASE "${name}"${template === undefined ? '' : ` TEMPLATE "${template}"`}`,
      ),
    dropDatabase: (name) => admin(url('postgres'), `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
    ended,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}

/** Shells count in blocks of 512 or 1,024 bytes: the bound may be twice as high. */
function limited(program: string, fileBytesMax: number | undefined): [string, ...string[]] {
  if (fileBytesMax === undefined) return [program];
  const blocks = Math.ceil(fileBytesMax / 512);
  return ['/bin/sh', '-c', `ulimit -f ${blocks} && exec "$0" "$@"`, program];
}

async function initialise(initdb: string, data: string, passwordFile: string): Promise<void> {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  const args = [
    '-D',
    data,
    '-U',
    USER,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ];
  const result = await watch(launch(initdb, args, data));
  if (result.code !== 0) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(`The embedded Postgres could not make its data folder: ${lastLine(result.lastWords)}`);
  }
}

/** A server whose starter was killed still holds the data folder; it is ours, so it is asked to stop. */
function stopLeftOver(data: string): void {
  const pidFile = join(data, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const commandLine = `/proc/${pid}/cmdline`;
  if (existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes(data))
    process.kill(pid, 'SIGINT');
}

function watch(child: ChildProcess): EmbeddedPostgres['ended'] {
  let lastWords = '';
  const keep = (text: Buffer) => {
    lastWords = (lastWords + text.toString('utf8')).slice(-LAST_WORDS_MAX);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: -1, lastWords: error.message }));
    child.on('close', (code) => resolve({ code, lastWords }));
  });
}

async function waitUntilReady(url: string, ended: EmbeddedPostgres['ended']): Promise<void> {
  let end: { lastWords: string } | null = null;
  void ended.then((result) => {
    end = result;
  });
  const deadline = performance.now() + START_DEADLINE_MS;
  for (;;) {
    try {
      return await admin(url, 'SELECT 1');
    } catch (error) {
      if (end !== null)
        throw new Error(
          `The embedded Postgres ended at once: ${lastLine((end as { lastWords: string }).lastWords)}`,
        );
      if (performance.now() > deadline)
        throw new Error(`The embedded Postgres did not answer within 30 s: ${String(error)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function admin(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('No free port')),
      );
    });
  });
}

function lastLine(text: string): string {
  const lines = text.trim().split('\n');
  return lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}
