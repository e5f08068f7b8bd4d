import { join } from 'node:path';
import { startMailCatcher } from '@/dev/mail-catcher/start';
import { startS3StandIn } from '@/dev/s3-stand-in/start';
import { seedDemo } from '@/prisma/seed';
import { CUSTOMER_BUCKETS, seedCustomers } from '@/prisma/seed-customers';
import { type Child, startChild } from './child';
import { openDatabase } from './database';
import { putDemoRole } from './demo-role';
import type { InstancePorts } from './ports';
import { type InstanceSecrets, loadSecrets } from './secrets';
import { answersOk, waitFor } from './wait-for';

export interface Instance {
  readonly webUrl: string;
  readonly collectorUrl: string;
  readonly databaseUrl: string;
  /** One file per process. */
  readonly logDirectory: string;
  /** One `.eml` file per mail that would have left. */
  readonly mailDirectory: string;
  readonly objectStore: { readonly endpoint: string; readonly region: string; readonly bucket: string };
  readonly secrets: InstanceSecrets;
  readonly workspaceId: string;
  readonly organizationId: string;
  /** Resolves with a sentence when a part has ended that should not have. */
  readonly broken: Promise<string>;
  /** Drains: no new events, what is accepted is stored, what is in flight lands. */
  stop(): Promise<void>;
}

export interface InstanceOptions {
  readonly home: string;
  readonly ports: InstancePorts;
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  /** The demo's other customers, a second routing of the first, and a week of made-up history. */
  readonly withCustomers?: boolean;
}

const READY_DEADLINE_MS = 60_000;
const DRAIN_DEADLINE_MS = 20_000;
export const DEMO_BUCKET = 'aurora-events';
export const DEMO_REGION = 'eu-west-1';
/** Of an account other than the one that owns the demo's buckets. */
const PRINCIPAL_ARN = 'arn:aws:iam::210987654321:user/sluice-demo';

/** Starts the whole built product on loopback: database, S3 stand-in, web, collector and worker. */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const releasers: Array<() => Promise<void>> = [];
  const stop = async () => {
    for (const release of releasers.splice(0).reverse()) await release();
  };
  try {
    return await assemble(options, releasers, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  options: InstanceOptions,
  releasers: Array<() => Promise<void>>,
  stop: () => Promise<void>,
): Promise<Instance> {
  const secrets = loadSecrets(options.home);
  const database = await openDatabase(options.home, options.databaseUrl);
  releasers.push(database.stop);
  const standIn = await startS3StandIn({
    directory: join(options.home, 's3'),
    port: options.ports.objectStore,
    region: DEMO_REGION,
    controlToken: secrets.objectStore.controlToken,
    keys: [
      ...[secrets.objectStore, secrets.borealis].map(({ accessKeyId, secretAccessKey }) => ({
        accessKeyId,
        secretAccessKey,
      })),
      { ...secrets.identity, grants: [{ actions: ['sts:*'] }] },
    ],
    buckets: [DEMO_BUCKET, ...Object.values(CUSTOMER_BUCKETS)],
  });
  releasers.push(() => standIn.close());
  const mailDirectory = join(options.home, 'mail');
  const mailCatcher = await startMailCatcher({ directory: mailDirectory });
  releasers.push(() => mailCatcher.close());
  const objectStore = { endpoint: standIn.url, region: DEMO_REGION, bucket: DEMO_BUCKET };
  const urls = {
    web: `http://127.0.0.1:${options.ports.web}`,
    collector: `http://127.0.0.1:${options.ports.collector}`,
  };
  const seedInput = { databaseUrl: database.url, secrets, objectStore };
  const seeded = await seedDemo(seedInput);
  const children = startProcesses({
    options,
    secrets,
    databaseUrl: database.url,
    endpoint: standIn.url,
    smtpUrl: mailCatcher.url,
    urls,
  });
  for (const child of children) releasers.push(() => child.stop(DRAIN_DEADLINE_MS));
  const broken = Promise.race([database.broken, ...children.map(describeEnd)]);
  // Beside the start of the processes: it takes about as long.
  const seeding = options.withCustomers === true ? seedCustomers(seedInput, seeded) : null;
  const settling = seeding?.then(() =>
    putDemoRole(standIn.control, { databaseUrl: database.url, trusts: secrets.identity.accessKeyId }),
  );
  await Promise.all([waitUntilReady(urls, broken), settling]);
  return {
    webUrl: urls.web,
    collectorUrl: urls.collector,
    databaseUrl: database.url,
    logDirectory: join(options.home, 'logs'),
    mailDirectory,
    objectStore,
    secrets,
    ...seeded,
    broken,
    stop,
  };
}

function startProcesses(input: {
  options: InstanceOptions;
  secrets: InstanceSecrets;
  databaseUrl: string;
  endpoint: string;
  smtpUrl: string;
  urls: { web: string; collector: string };
}): Child[] {
  const { options, secrets, urls } = input;
  const base = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME || options.home,
    NEXT_TELEMETRY_DISABLED: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    SLUICE_MODE: 'demo',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    DATABASE_URL: input.databaseUrl,
    SLUICE_S3_ENDPOINTS: input.endpoint,
    SLUICE_OUTBOUND_ORIGINS: process.env.SLUICE_OUTBOUND_ORIGINS ?? '',
    SLUICE_AWS_PRINCIPAL_ARN: PRINCIPAL_ARN,
    ...(options.redisUrl === undefined ? {} : { REDIS_URL: options.redisUrl }),
  };
  const logDirectory = join(options.home, 'logs');
  // Stopped in reverse order: web, then the collector, and the worker last, so what was accepted can still land.
  return [
    startChild({
      name: 'worker',
      args: ['--enable-source-maps', 'dist/main.js', 'worker'],
      env: {
        ...base,
        SLUICE_SEAL_PRIVATE_KEYS: secrets.sealPrivateKey,
        SLUICE_AWS_ACCESS_KEY_ID: secrets.identity.accessKeyId,
        SLUICE_AWS_SECRET_ACCESS_KEY: secrets.identity.secretAccessKey,
        SLUICE_SMTP_URL: input.smtpUrl,
        SLUICE_MAIL_FROM: 'Sluice demo <sluice@demo.example>',
      },
      logDirectory,
    }),
    startChild({
      name: 'collector',
      args: ['--enable-source-maps', 'dist/main.js', 'collector'],
      env: { ...base, SLUICE_COLLECTOR_PORT: String(options.ports.collector) },
      logDirectory,
    }),
    startChild({
      name: 'web',
      args: [
        'node_modules/next/dist/bin/next',
        'start',
        '--hostname',
        '127.0.0.1',
        '--port',
        String(options.ports.web),
      ],
      env: {
        ...base,
        NEXTAUTH_URL: urls.web,
        NEXTAUTH_SECRET: secrets.sessionSecret,
        SLUICE_SEAL_PUBLIC_KEY: secrets.sealPublicKey,
        SLUICE_COLLECTOR_URL: urls.collector,
      },
      logDirectory,
    }),
  ];
}

async function describeEnd(child: Child): Promise<string> {
  const { how, lastWords } = await child.ended;
  return `The ${child.name} ${how}${lastWords === '' ? '.' : `: ${lastWords}`}`;
}

async function waitUntilReady(
  urls: { web: string; collector: string },
  broken: Promise<string>,
): Promise<void> {
  const ready = Promise.all([
    waitFor('the dashboard to answer', () => answersOk(`${urls.web}/api/ready`), READY_DEADLINE_MS),
    waitFor('the collector to answer', () => answersOk(`${urls.collector}/readyz`), READY_DEADLINE_MS),
  ]);
  const sentence = await Promise.race([ready.then(() => null), broken]);
  if (sentence !== null) throw new Error(sentence);
}
