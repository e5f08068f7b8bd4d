import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import { migrate } from '@/lib/platform/db/migrate';
import { createSql, type Sql } from '@/lib/platform/sql';

export interface OwnPostgres {
  /** Of its migrated database; the same after a restart. */
  readonly url: string;
  readonly sql: Sql;
  /** `kill -9` of the server and of every process of it, as when its machine dies. */
  kill(): Promise<void>;
  /** `kill -9` of the postmaster alone; its children find out by themselves. */
  killPostmaster(): Promise<void>;
  restart(): Promise<void>;
  /** Every process of it stands still. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

const DATABASE = 'sluice';
const SETTINGS = { fsync: 'off', max_connections: '200', shared_buffers: '64MB' };
const RESTART_TRIES = 20;

/** A Postgres of the suite's own, to be killed and started again at its address. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-own-pg-'));
  let server = await startEmbeddedPostgres({ directory, port: 0, settings: SETTINGS });
  const { port } = server;
  await server.createDatabase(DATABASE);
  const url = server.url(DATABASE);
  await migrate({ databaseUrl: url, directory: 'prisma/migrations' });
  const sql = createSql({ databaseUrl: url, applicationName: 'test', connectionsMax: 10 });
  // It was started in a process group of its own.
  const signalAll = (signal: NodeJS.Signals) => process.kill(-server.pid, signal);
  return {
    url,
    sql,
    kill: async () => {
      signalAll('SIGKILL');
      await server.ended;
    },
    killPostmaster: async () => {
      process.kill(server.pid, 'SIGKILL');
      await server.ended;
    },
    restart: async () => {
      server = await startAgain(() => startEmbeddedPostgres({ directory, port, settings: SETTINGS }));
    },
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    close: async () => {
      await sql.end();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** While children of a killed postmaster still hold its memory it does not start. */
async function startAgain(start: () => Promise<EmbeddedPostgres>): Promise<EmbeddedPostgres> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await start();
    } catch (error) {
      if (tries === RESTART_TRIES) throw error;
    }
  }
}
