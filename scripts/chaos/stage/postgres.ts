import { setTimeout as pause } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import { migrate } from '@/lib/platform/db/migrate';

const DATABASE = 'chaos';
const START_TRIES = 20;
const BETWEEN_TRIES_MS = 500;
const SETTINGS = { max_connections: '200', shared_buffers: '128MB', log_min_messages: 'warning' };

/** A Postgres of the run's own that can be killed and comes back on the same port with what it had. */
export class KillablePostgres {
  private constructor(
    private readonly directory: string,
    private server: EmbeddedPostgres,
  ) {}

  static async start(directory: string): Promise<KillablePostgres> {
    const server = await startEmbeddedPostgres({ directory, port: 0, settings: SETTINGS });
    await server.createDatabase(DATABASE);
    await migrate({ databaseUrl: server.url(DATABASE), directory: 'prisma/migrations' });
    return new KillablePostgres(directory, server);
  }

  get port(): number {
    return this.server.port;
  }

  /** Through `port` when given: the way over a proxy. */
  url(port = this.server.port): string {
    return Object.assign(new URL(this.server.url(DATABASE)), { port: String(port) }).toString();
  }

  /** To the server and all of its backends. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(-this.server.pid, signal);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.server.ended;
  }

  async startAgain(): Promise<void> {
    const { port } = this.server;
    for (let tries = 1; ; tries += 1) {
      try {
        this.server = await startEmbeddedPostgres({
          directory: this.directory,
          port,
          settings: SETTINGS,
        });
        return;
      } catch (error) {
        // Until the last backend of the killed server is gone, its memory is still in use.
        if (tries === START_TRIES) throw error;
        await pause(BETWEEN_TRIES_MS);
      }
    }
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}
