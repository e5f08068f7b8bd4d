import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { createDb, type Db } from '@/lib/platform/db/client';
import { generateSealKeyPair } from '@/lib/platform/secret-box/key-pair';
import { createSql, type Sql } from '@/lib/platform/sql';
import type { Ctx } from '@/lib/services/context';
import { plainS3Client } from '@/lib/testing/object-store';
import { findFreePorts } from '@/scripts/instance/ports';
import { answersOk, waitFor } from '@/scripts/instance/wait-for';
import { bundleProduct } from './bundle';
import { Network } from './network';
import { KillablePostgres } from './postgres';
import { ProductProcess } from './product-process';
import { REGION, StandInProcess } from './stand-in';
import {
  accessKeySchema,
  type ChaosRouting,
  type ChaosWorkspace,
  createAdmin,
  createChaosRouting,
  createChaosWorkspace,
  KMS_KEY_ARN,
} from './tenants';

/** The whole product as separate processes, with everything that can be done to them. */
export interface Stage {
  readonly postgres: KillablePostgres;
  readonly standIn: StandInProcess;
  readonly network: Network;
  readonly workers: readonly ProductProcess[];
  readonly collectors: readonly ProductProcess[];
  /** Where producers reach each collector, over its proxy. */
  readonly collectorUrls: readonly string[];
  readonly workspaces: readonly ChaosWorkspace[];
  /** Grows: routings are born during the run. */
  readonly routings: ChaosRouting[];
  readonly ctx: Ctx;
  /** Straight to S3, past the proxies, with a key of its own. */
  readonly reader: S3Client;
  /** Straight to the database, past the proxies. */
  readonly sql: Sql;
  readonly db: Db;
  /** What ended by itself, as sentences. */
  readonly surprises: string[];
}

const WORKERS = 2;
const COLLECTORS = 2;
const READY_DEADLINE_MS = 60_000;
export const RARE_NAME = 'SlotClicked';

/** Builds and starts everything below `home`. `releasers` collects what has to be let go of, also when it fails. */
export async function startStage(home: string, releasers: Array<() => Promise<void>>): Promise<Stage> {
  const bundle = await bundleProduct();
  releasers.push(async () => bundle.remove());
  const postgres = await KillablePostgres.start(join(home, 'postgres'));
  releasers.push(() => postgres.stop());
  const standIn = await StandInProcess.start(join(home, 's3'));
  releasers.push(() => standIn.stop());
  const network = new Network();
  releasers.push(() => network.close());
  const endpoints: string[] = [];
  for (const name of ['aurora', 'borealis', 'corona'])
    endpoints.push(`http://127.0.0.1:${await network.link(`workers to s3 of ${name}`, standIn.port)}`);
  const databaseUrl = postgres.url();
  const sql = createSql({ databaseUrl, applicationName: 'chaos', connectionsMax: 4 });
  releasers.push(() => sql.end());
  const db = createDb({ databaseUrl, connectionsMax: 4 });
  releasers.push(() => db.$disconnect());
  const keys = generateSealKeyPair();
  const ctx = await createAdmin(db, keys.publicKeyPem, endpoints);
  const surprises: string[] = [];
  const start = async (role: 'worker' | 'collector', number: number, env: Record<string, string>) => {
    const name = `${role}-${number}`;
    const databasePort = await network.link(`${name} to postgres`, postgres.port);
    const child = new ProductProcess({
      name,
      role,
      program: bundle.program,
      env: { ...baseEnv(), DATABASE_URL: postgres.url(databasePort), ...env },
      logDirectory: join(home, 'logs'),
      onSurprise: (sentence) => surprises.push(sentence),
    });
    releasers.push(() => child.stop());
    return child;
  };
  const workers: ProductProcess[] = [];
  for (let n = 1; n <= WORKERS; n += 1)
    workers.push(await start('worker', n, { SLUICE_SEAL_PRIVATE_KEYS: keys.privateKeyPem }));
  const collectors: ProductProcess[] = [];
  const collectorUrls: string[] = [];
  for (let n = 1; n <= COLLECTORS; n += 1) {
    const { collector: port } = await findFreePorts();
    collectors.push(await start('collector', n, { SLUICE_COLLECTOR_PORT: String(port) }));
    collectorUrls.push(`http://127.0.0.1:${await network.link(`producers to collector-${n}`, port)}`);
  }
  const tenants = await createTenants(ctx, standIn, endpoints);
  const ownKey = await standIn.command('create-key', {}, accessKeySchema);
  const reader = plainS3Client({ endpoint: standIn.endpoint, region: REGION, ...ownKey });
  releasers.push(async () => reader.destroy());
  for (const url of collectorUrls)
    await waitFor('a collector to answer', () => answersOk(`${url}/readyz`), READY_DEADLINE_MS);
  const parts = { postgres, standIn, network, workers, collectors, collectorUrls };
  return { ...parts, ...tenants, ctx, reader, sql, db, surprises };
}

async function createTenants(
  ctx: Ctx,
  standIn: StandInProcess,
  endpoints: readonly string[],
): Promise<{ workspaces: ChaosWorkspace[]; routings: ChaosRouting[] }> {
  const workspaces: ChaosWorkspace[] = [];
  for (const [i, endpoint] of endpoints.entries())
    workspaces.push(await createChaosWorkspace(ctx, `Organization ${i + 1}`, endpoint));
  const [first, second, third] = workspaces;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('Three workspaces were expected');
  const deps = { ctx, standIn };
  const routings = [
    await createChaosRouting(deps, first, { name: 'all', dataTypes: ['events', 'sync_aliases', 'segment'] }),
    await createChaosRouting(deps, first, { name: 'rare', dataTypes: ['events'], eventNames: [RARE_NAME] }),
    await createChaosRouting(deps, second, {
      name: 'encrypted',
      dataTypes: ['events', 'sync_aliases'],
      kmsKeyArn: KMS_KEY_ARN,
    }),
    await createChaosRouting(deps, third, { name: 'plain', dataTypes: ['events', 'segment'] }),
  ];
  return { workspaces, routings };
}

function baseEnv(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    SLUICE_MODE: 'demo',
    LOG_LEVEL: 'info',
  };
}
