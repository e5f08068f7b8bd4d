import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import { startTcpFaultProxy } from '@/dev/tcp-fault-proxy/start';
import { createDb } from '@/lib/platform/db/client';
import { migrate } from '@/lib/platform/db/migrate';
import { createSql } from '@/lib/platform/sql';
import { requestAccessCheck } from '@/lib/services/access-check/request';
import { type CheckBench, createCheckBench } from '@/lib/testing/access-check';
import type { TestDatabase } from '@/lib/testing/database';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { waitUntil } from '@/lib/testing/wait-until';
import { startTestWorker } from '@/lib/testing/worker';

export const name = 'access-check';

const CHECKS = 50;
const ROUND_TRIP_MS = 20;
const P95_MAX_MS = 15_000;
const ACCOUNT = '123456789012';

type Kind = 'keys' | 'role';
type Routing = Awaited<ReturnType<CheckBench['makeRouting']>>;
interface Stage {
  readonly database: TestDatabase;
  readonly store: TestObjectStore;
  readonly bench: CheckBench;
  /** Of the store behind the line. */
  readonly endpoint: string;
}

/**
 * From asking for an access check to its end when all is well, one worker with its queue, a Postgres of its own, and
 * 20 ms to the store and to STS and back: 50 checks one after the other and 50 at once, with keys and with a role.
 * `holds` is false when a 95th percentile is over 15 s, or a check does not pass. About three minutes.
 */
export async function run(): Promise<Record<string, unknown>> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const settings = { fsync: 'off', shared_buffers: '256MB' };
  const postgres = await startEmbeddedPostgres({ directory, port: 0, settings });
  const url = postgres.url('postgres');
  const sql = createSql({ databaseUrl: url, applicationName: 'bench', connectionsMax: 8 });
  const db = createDb({ databaseUrl: url, connectionsMax: 5 });
  const database: TestDatabase = { url, sql, db, close: () => sql.end() };
  const store = await startTestObjectStore();
  const line = await startTcpFaultProxy({ targetPort: Number(new URL(store.endpoint).port) });
  line.setFault({ latencyMs: ROUND_TRIP_MS / 2 });
  const bench = createCheckBench(database);
  await migrate({ databaseUrl: url, directory: 'prisma/migrations' });
  const own = await store.control.createKey({ grants: [{ actions: ['sts:*'] }] });
  const worker = await startTestWorker({ database, workerId: 'bench', identity: { kind: 'keys', ...own } });
  try {
    return await measure({ database, store, bench, endpoint: `http://127.0.0.1:${line.port}` });
  } finally {
    await worker.stop();
    bench.close();
    await line.close();
    await store.close();
    await db.$disconnect();
    await sql.end();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(stage: Stage): Promise<Record<string, unknown>> {
  const figures: Record<string, ReturnType<typeof summarise>> = {};
  const before = process.cpuUsage();
  for (const kind of ['keys', 'role'] as const) {
    const one: number[] = [];
    for (const routing of await makeRoutings(stage, kind)) one.push(...(await check(stage, [routing])));
    figures[`${kind}OneByOne`] = summarise(one);
    figures[`${kind}AtOnce`] = summarise(await check(stage, await makeRoutings(stage, kind)));
  }
  const holds = Object.values(figures).every(({ p95Ms }) => p95Ms <= P95_MAX_MS);
  const { user, system } = process.cpuUsage(before);
  // Of the worker, of the store and of the line, which share the process; says how busy the machine was otherwise.
  const cpuMsPerCheck = Math.round((user + system) / 1_000 / (4 * CHECKS));
  return {
    checks: CHECKS,
    roundTripMs: ROUND_TRIP_MS,
    ...figures,
    cpuMsPerCheck,
    p95MaxMs: P95_MAX_MS,
    holds,
  };
}

async function makeRoutings({ database, store, bench, endpoint }: Stage, kind: Kind): Promise<Routing[]> {
  const routings: Routing[] = [];
  for (let n = 0; n < CHECKS; n += 1) {
    const routing = await bench.makeRouting({ ...store, endpoint });
    if (kind === 'role') await giveRole({ database, store }, routing);
    routings.push(routing);
  }
  return routings;
}

async function giveRole({ database, store }: Pick<Stage, 'database' | 'store'>, routing: Routing) {
  const { routingId, organizationId: id } = routing;
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/sluice-${routingId.slice(0, 8)}`;
  await database.sql.query(
    `UPDATE credential SET kind = 'role', role_arn = $2, key_id = NULL, access_key_id_sealed = NULL,
       secret_access_key_sealed = NULL, access_key_id_last4 = NULL WHERE routing_id = $1`,
    [routingId, roleArn],
  );
  const { externalId } = await database.db.organization.findUniqueOrThrow({ where: { id } });
  await store.control.putRole({ roleArn, externalId });
}

/** Asks for all of them and waits for their ends; how long each took, ms. */
async function check({ database }: Stage, routings: readonly Routing[]): Promise<number[]> {
  const { db, sql } = database;
  const ids: string[] = [];
  for (const routing of routings) {
    const request = { ...routing, destinationVersion: 1, requestedBy: 'user:bench' };
    ids.push(await db.$transaction((tx) => requestAccessCheck(tx, request)));
  }
  const ended = async () => {
    const { rows } = await sql.query<{ state: string; ms: number }>(
      `SELECT state, extract(epoch FROM ended_at - requested_at)::float8 * 1000 AS ms FROM access_check
       WHERE id = ANY ($1) AND ended_at IS NOT NULL`,
      [ids],
    );
    return rows;
  };
  await waitUntil('the checks have ended', async () => (await ended()).length === ids.length, 120_000);
  const rows = await ended();
  if (rows.some(({ state }) => state !== 'passed')) throw new Error('A check did not pass');
  return rows.map(({ ms }) => ms);
}

function summarise(timesMs: readonly number[]) {
  const sorted = timesMs.toSorted((one, other) => one - other);
  const at = (q: number) => Math.round(sorted[Math.ceil(q * sorted.length) - 1] ?? Number.NaN);
  return { p50Ms: at(0.5), p95Ms: at(0.95), worstMs: at(1) };
}
