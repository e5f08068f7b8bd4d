import { inflateRawSync } from 'node:zlib';
import type { ApiKeyKind } from '@/lib/domain/access/api-key';
import type { ChunkMeta } from '@/lib/domain/chunk/chunk';
import type { DataType } from '@/lib/domain/data-type';
import { generateApiKey, hashApiKey } from '@/lib/platform/api-key';
import { type Clock, DatabaseClock } from '@/lib/platform/clock';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createLogger } from '@/lib/platform/logger';
import { readDatabaseMs, type Sql } from '@/lib/platform/sql';
import { type Collector, type CollectorDeps, createCollector } from '@/workers/collector/collector';
import { createTestDatabase, type TestDatabase } from './database';
import { createTenant, type TestTenant } from './tenant';

export interface CollectionAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; null where there is none. */
  readonly json: unknown;
}

export interface CollectionRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface CollectorSuite {
  readonly database: TestDatabase;
  readonly sql: Sql;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly tenant: TestTenant;
  readonly browserKey: string;
  readonly serverKey: string;
  /** Starts another collector on the same log; stopped with the suite. */
  startCollector(options?: Partial<CollectorDeps>): Promise<Collector>;
  createWorkspace(): Promise<TestTenant>;
  createKey(kind: ApiKeyKind, tenant?: TestTenant): Promise<string>;
  /** Every chunk of the workspace's stream of this type, with its lines parsed. */
  chunks(type: DataType, workspaceId?: string): Promise<{ meta: ChunkMeta; text: string }[]>;
  lines(type: DataType, workspaceId?: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** A database with one tenant and its keys, for suites that talk to collectors over HTTP. */
export async function createCollectorSuite(): Promise<CollectorSuite> {
  const database = await createTestDatabase();
  const { sql } = database;
  const log = createPostgresEventLog({ sql });
  const clock = new DatabaseClock(() => readDatabaseMs(sql));
  await clock.learn();
  const tenant = await createTenant(sql);
  const collectors: Collector[] = [];
  const createKey = (kind: ApiKeyKind, of = tenant) => insertKey(sql, kind, of);
  const chunks: CollectorSuite['chunks'] = (type, workspaceId = tenant.workspaceId) =>
    readStream({ sql, log }, type, workspaceId);
  return {
    database,
    sql,
    log,
    clock,
    tenant,
    browserKey: await createKey('browser'),
    serverKey: await createKey('server'),
    startCollector: async (options = {}) => {
      const logger = createLogger('collector', 'silent');
      const collector = createCollector({ sql, log, clock, logger, host: '127.0.0.1', port: 0, ...options });
      await collector.start();
      collectors.push(collector);
      return collector;
    },
    createWorkspace: () => createTenant(sql),
    createKey,
    chunks,
    lines: async (type, workspaceId) =>
      (await chunks(type, workspaceId)).flatMap(({ text }) =>
        text
          .trimEnd()
          .split('\n')
          .map((line): Record<string, unknown> => JSON.parse(line)),
      ),
    close: async () => {
      await Promise.all(collectors.map((collector) => collector.stop(5_000)));
      await database.close();
    },
  };
}

/** One call to a collector. */
export async function collect(
  collector: Collector,
  path: string,
  request: CollectionRequest = {},
): Promise<CollectionAnswer> {
  const response = await fetch(`http://127.0.0.1:${collector.port()}${path}`, {
    method: request.method ?? 'POST',
    headers: request.headers ?? {},
    body: request.body === undefined ? null : new Uint8Array(Buffer.from(request.body)),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text === '' ? null : JSON.parse(text),
  };
}

/** A collection key of a workspace. */
export async function insertKey(sql: Sql, kind: ApiKeyKind, tenant: TestTenant): Promise<string> {
  const key = generateApiKey(kind);
  await sql.query(
    `INSERT INTO api_key (organization_id, workspace_id, kind, name, key_hash, last4) VALUES ($1, $2, $3, 'Test', $4, $5)`,
    [tenant.organizationId, tenant.workspaceId, kind, hashApiKey(key), key.slice(-4)],
  );
  return key;
}

async function readStream(
  { sql, log }: { sql: Sql; log: EventLog },
  type: DataType,
  workspaceId: string,
): Promise<{ meta: ChunkMeta; text: string }[]> {
  const { rows } = await sql.query<{ id: number }>(
    'SELECT id FROM log.stream WHERE workspace_id = $1 AND type = $2',
    [workspaceId, type],
  );
  const [stream] = rows;
  if (stream === undefined) return [];
  const { nextOffset } = await log.head(stream.id);
  if (nextOffset === 0) return [];
  const read: { meta: ChunkMeta; text: string }[] = [];
  for await (const { meta, body } of log.read(stream.id, 0, nextOffset - 1)) {
    const raw = inflateRawSync(Buffer.concat([body, Buffer.from([3, 0])]));
    read.push({ meta, text: raw.toString('utf8') });
  }
  return read;
}
