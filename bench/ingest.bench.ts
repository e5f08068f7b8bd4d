import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realisticEvent } from '@/dev/demo-traffic/realistic-event';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import { generateApiKey, hashApiKey } from '@/lib/platform/api-key';
import { migrate } from '@/lib/platform/db/migrate';
import { createSql, type Sql } from '@/lib/platform/sql';
import { createTenant } from '@/lib/testing/tenant';
import type { CollectorFigures } from './ingest-collector';

export const name = 'ingest';

const CONNECTIONS = 8;
const SLICE_MS = 3_000;
const WARM_UP_MS = 1_500;
const BODIES = 16;
const DOORS = [
  {
    door: 'batch of 500',
    path: '/v2.0/batch/events',
    eventsPerBody: 500,
    wrap: (lines: string[]) => `[${lines.join(',')}]`,
  },
  {
    door: 'NDJSON of 4,000 lines',
    path: '/v2.0/ndjson?type=events',
    eventsPerBody: 4_000,
    wrap: (lines: string[]) => lines.join('\n'),
  },
];

type Door = (typeof DOORS)[number];
type Figures = Record<string, number | string | null>;

/**
 * Events per second and CPU per event of one collector process, on a Postgres of its own with fsync on, next to
 * `gzip -1` of the same bytes. The client shares the machine, so the rates are a lower bound. About 20 s.
 */
export async function run(): Promise<Record<string, unknown>> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const settings = { fsync: 'on', shared_buffers: '256MB', max_wal_size: '4GB' };
  const postgres = await startEmbeddedPostgres({ directory, port: 0, settings });
  const databaseUrl = postgres.url('postgres');
  const sql = createSql({ databaseUrl, applicationName: 'bench', connectionsMax: 2 });
  let collector: ChildProcess | null = null;
  try {
    await migrate({ databaseUrl, directory: 'prisma/migrations' });
    const apiKey = await createServerKey(sql);
    collector = fork('bench/ingest-collector.ts', { env: { ...process.env, DATABASE_URL: databaseUrl } });
    const [{ port }] = (await once(collector, 'message')) as [CollectorFigures];
    const result: Record<string, unknown> = { connections: CONNECTIONS, fsync: true };
    for (const door of DOORS) {
      const bodies = Array.from({ length: BODIES }, () => makeBody(door));
      const client = { port, apiKey, door, bodies };
      await sendFor(client, WARM_UP_MS);
      result[door.door] = await measure({ collector, postgres, client });
    }
    result['gzip -1'] = gzipFigures(directory);
    return result;
  } finally {
    collector?.kill();
    await sql.end();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Client {
  readonly port: number;
  readonly apiKey: string;
  readonly door: Door;
  readonly bodies: readonly Buffer[];
}

async function measure(given: {
  collector: ChildProcess;
  postgres: EmbeddedPostgres;
  client: Client;
}): Promise<Figures> {
  const { collector, postgres, client } = given;
  const before = await look(collector);
  const databaseBefore = cpuMicrosOfTree(postgres.pid);
  const started = performance.now();
  const requests = await sendFor(client, SLICE_MS);
  const seconds = (performance.now() - started) / 1_000;
  const after = await look(collector);
  const databaseAfter = cpuMicrosOfTree(postgres.pid);
  const events = requests * client.door.eventsPerBody;
  const bodyBytes = client.bodies.reduce((sum, body) => sum + body.length, 0) / client.bodies.length;
  return {
    eventsPerSecond: Math.round(events / seconds),
    megabytesPerSecond: round((requests * bodyBytes) / seconds / 1e6),
    collectorCpuMicrosPerEvent: round((after.cpuMicros - before.cpuMicros) / events),
    postgresCpuMicrosPerEvent:
      databaseAfter === null || databaseBefore === null
        ? null
        : round((databaseAfter - databaseBefore) / events),
    bytesPerEvent: Math.round(bodyBytes / client.door.eventsPerBody),
    collectorResidentMegabytes: Math.round(after.residentBytes / 1e6),
  };
}

/** Sends from all connections until the time is over; returns how many requests were answered with success. */
async function sendFor(client: Client, milliseconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const end = performance.now() + milliseconds;
  let answered = 0;
  const connection = async (index: number) => {
    for (let n = index; performance.now() < end; n += CONNECTIONS) {
      const status = await send(client, agent, client.bodies[n % client.bodies.length] ?? Buffer.alloc(0));
      if (status !== 200) throw new Error(`The collector answered ${status}`);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => connection(index)));
  agent.destroy();
  return answered;
}

function send({ port, apiKey, door }: Client, agent: Agent, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-api-key': apiKey, 'content-length': body.length };
    const outgoing = request(
      { host: '127.0.0.1', port, path: door.path, method: 'POST', headers, agent, timeout: 30_000 },
      (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

async function look(collector: ChildProcess): Promise<CollectorFigures> {
  collector.send('look');
  const [figures] = (await once(collector, 'message')) as [CollectorFigures];
  return figures;
}

async function createServerKey(sql: Sql): Promise<string> {
  const { organizationId, workspaceId } = await createTenant(sql);
  const key = generateApiKey('server');
  await sql.query(
    `INSERT INTO api_key (organization_id, workspace_id, kind, name, key_hash, last4) VALUES ($1, $2, 'server', 'Bench', $3, $4)`,
    [organizationId, workspaceId, hashApiKey(key), key.slice(-4)],
  );
  return key;
}

function makeBody(door: Door): Buffer {
  return Buffer.from(door.wrap(Array.from({ length: door.eventsPerBody }, makeEvent)));
}

function makeEvent(): string {
  return JSON.stringify(realisticEvent());
}

/** CPU of `gzip -1` on the NDJSON of 40,000 such events; nulls where there is no gzip. */
function gzipFigures(directory: string): Figures {
  const events = 40_000;
  const raw = Buffer.from(Array.from({ length: events }, makeEvent).join('\n'));
  const file = join(directory, 'events.jsonl');
  writeFileSync(file, raw);
  try {
    const script = `gzip -1 < '${file}' > '${file}.gz' && times`;
    const micros = childMicros(execFileSync('sh', ['-c', script], { encoding: 'utf8' }));
    return {
      cpuMicrosPerEvent: round(micros / events),
      megabytesPerCpuSecond: round(raw.length / micros),
      ratio: round(raw.length / readFileSync(`${file}.gz`).length),
    };
  } catch {
    return { cpuMicrosPerEvent: null, megabytesPerCpuSecond: null, ratio: null };
  }
}

/** The children's user and system time of `times`, whose second line reads `0m1.234s 0m0.056s`. */
function childMicros(times: string): number {
  const values = [...(times.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return values.reduce(
    (sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1e6,
    0,
  );
}

/** User and system time of a process and its children, ended ones included; null without /proc. */
function cpuMicrosOfTree(pid: number): number | null {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean);
    // Fields 14 to 17 of stat, counted behind the name in brackets, in ticks of 10 ms.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const own = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10_000, 0);
    return children.reduce((sum, child) => sum + (cpuMicrosOfTree(Number(child)) ?? 0), own);
  } catch {
    return null;
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
