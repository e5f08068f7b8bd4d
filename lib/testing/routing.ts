import { randomUUID } from 'node:crypto';
import type { DataType } from '@/lib/domain/data-type';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { generateSealKeyPair, type SealKeyPair } from '@/lib/platform/secret-box/key-pair';
import { createSealer } from '@/lib/platform/secret-box/sealer';
import type { Sql } from '@/lib/platform/sql';
import { sealCredential } from '@/lib/services/credential/seal';
import { createProvenStores } from '@/lib/services/delivery/proven-stores';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { testChunk } from './chunk';
import type { TestObjectStore } from './object-store';
import { createTenant, type TestTenant } from './tenant';

let sharedKeyPair: SealKeyPair | undefined;

/** One key pair per test process: making one takes up to a second. */
export function testSealKeyPair(): SealKeyPair {
  sharedKeyPair ??= generateSealKeyPair();
  return sharedKeyPair;
}

export interface TestRoutingOptions {
  readonly sql: Sql;
  readonly store: Pick<TestObjectStore, 'endpoint' | 'bucket' | 'region' | 'accessKeyId' | 'secretAccessKey'>;
  readonly tenant?: TestTenant;
  readonly dataTypes?: readonly DataType[];
  /** Its store's word on conditions is still to be proven; it counts as proven when absent. */
  readonly isUnproven?: boolean;
  /** All events when absent. */
  readonly eventNames?: readonly string[];
  /** Ends in a slash, or is empty. */
  readonly prefix?: string;
  readonly flushIntervalMs?: number;
  readonly kmsKeyArn?: string;
}

export interface TestRouting {
  readonly tenant: TestTenant;
  readonly routingId: string;
  readonly prefix: string;
  /** The stream of the first data type. */
  readonly streamId: number;
  readonly streamIds: Readonly<Partial<Record<DataType, number>>>;
}

/** A started routing with destination, sealed credential and running lanes, as start leaves it. */
export async function createTestRouting(options: TestRoutingOptions): Promise<TestRouting> {
  const { sql, dataTypes = ['events'] } = options;
  const tenant = options.tenant ?? (await createTenant(sql));
  const routingId = randomUUID();
  const prefix = options.prefix ?? `${routingId.slice(0, 8)}/`;
  const streamIds: Partial<Record<DataType, number>> = {};
  for (const type of dataTypes) streamIds[type] = await ensureStream(sql, { ...tenant, type });
  await sql.query(
    `INSERT INTO routing (id, organization_id, workspace_id, name, intent, lifecycle, data_types, flush_interval_ms,
       event_names) VALUES ($1, $2, $3, 'Export', 'run', 'starting', $4, $5, $6)`,
    [
      routingId,
      tenant.organizationId,
      tenant.workspaceId,
      dataTypes,
      options.flushIntervalMs ?? 100,
      options.eventNames ?? [],
    ],
  );
  await createDestinationVersion({ ...options, tenant, routingId, prefix, version: 1 });
  if (options.isUnproven !== true) await trustStore(sql, options.store);
  await sql.query('SELECT log.open_lanes($1)', [routingId]);
  const [firstType] = dataTypes;
  const streamId = firstType === undefined ? undefined : streamIds[firstType];
  if (streamId === undefined) throw new Error('A test routing needs a data type');
  return { tenant, routingId, prefix, streamId, streamIds };
}

/** So that no PUT but those of files is made; a build before this one does not ask. */
async function trustStore(
  sql: Sql,
  { endpoint, bucket }: Pick<TestObjectStore, 'endpoint' | 'bucket'>,
): Promise<void> {
  const { rows } = await sql.query(`SELECT 1 WHERE to_regclass('delivery.proven_store') IS NOT NULL`);
  if (rows.length > 0) await createProvenStores(sql).record({ endpoint, bucket });
}

/** A destination version with a credential of its own, as an edit makes it; the routing's row is left as it is. */
export async function createDestinationVersion(
  options: TestRoutingOptions & {
    tenant: TestTenant;
    routingId: string;
    prefix: string;
    version: number;
  },
): Promise<void> {
  const { sql, store, tenant, routingId, version } = options;
  const place = {
    organizationId: tenant.organizationId,
    routingId,
    credentialId: randomUUID(),
    version,
  };
  const sealed = await sealCredential(createSealer(testSealKeyPair().publicKeyPem), place, store);
  await sql.query(
    `INSERT INTO credential (id, organization_id, routing_id, version, key_id, access_key_id_sealed,
       secret_access_key_sealed, access_key_id_last4) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      sealed.id,
      sealed.organizationId,
      routingId,
      version,
      sealed.keyId,
      Buffer.from(sealed.accessKeyIdSealed),
      Buffer.from(sealed.secretAccessKeySealed),
      sealed.accessKeyIdLast4,
    ],
  );
  await sql.query(
    `INSERT INTO destination (organization_id, routing_id, version, endpoint, bucket, region, prefix, kms_key_arn,
       credential_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tenant.organizationId,
      routingId,
      version,
      store.endpoint,
      store.bucket,
      store.region,
      options.prefix,
      options.kmsKeyArn ?? null,
      sealed.id,
    ],
  );
}

/** Lines `name-from` … as JSON, each unique: what an oracle counts. */
export function numberedLines(name: string, count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, i) => JSON.stringify({ id: `${name}-${from + i}` }));
}

const HOUR_MS = 3_600_000;

/** The hour in which we are: earlier ones may be closed at any moment. */
export function thisHourMs(): number {
  return Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
}

/** Appends lines, received now, as chunks of at most `linesPerChunk` of one hour, in one append per chunk. */
export async function appendLines(
  log: EventLog,
  streamId: number,
  lines: readonly string[],
  options: { hourMs?: number; linesPerChunk?: number; snapshotEnd?: boolean } = {},
): Promise<void> {
  const size = options.linesPerChunk ?? lines.length;
  const hourMs = options.hourMs ?? thisHourMs();
  for (let from = 0; from < lines.length; from += size) {
    const chunk = await testChunk(streamId, lines.slice(from, from + size), {
      ...options,
      hourMs,
    });
    const nowMs = Date.now();
    const received = {
      receivedMinMs: nowMs,
      receivedMaxMs: nowMs,
      receivedSumMs: BigInt(nowMs) * BigInt(chunk.rows),
    };
    const chunks = [{ ...chunk, ...received }];
    const result = await log.append({ appendId: randomUUID(), chunks, idempotency: [] });
    if (result.kind !== 'stored') throw new Error(`The lines were not stored: ${result.kind}`);
  }
}
