import { randomBytes } from 'node:crypto';
import { accountOfArn } from '@/lib/domain/destination/arn-account';
import { WORKER_CONSUMERS } from '@/lib/platform/connection-budget';
import type { Env } from '@/lib/platform/env';
import { createMailer } from '@/lib/platform/mailer/mailer';
import { measureStore } from '@/lib/platform/metrics/measure-store';
import { createS3ObjectStore } from '@/lib/platform/object-store/s3-object-store';
import { createOutbound } from '@/lib/platform/outbound/outbound';
import { createQueues } from '@/lib/platform/queues/create-queues';
import { openerOf } from '@/lib/platform/secret-box/seal-keys';
import { createRoleSessions } from '@/lib/platform/sts/create-role-sessions';
import { createDeliveryLedger } from '@/lib/services/delivery/create-delivery-ledger';
import { createMarkerLedger } from '@/lib/services/hour/create-marker-ledger';
import { createOutbox } from '@/lib/services/notice/outbox';
import { createProbeLedger } from '@/lib/services/probe/probe-ledger';
import { createReplayLedger } from '@/lib/services/replay/create-replay-ledger';
import { crashAroundWakeUps, crashInFlight } from './delivery/crash-in-flight';
import { NO_CRASH_POINTS, workerCrashPointSchema } from './delivery/crash-points';
import { DELIVERY_SLOTS } from './delivery/create-delivery-service';
import { createWorkerServices, type WorkerParts } from './delivery/create-worker-services';
import { readQueue } from './delivery/read-queue';
import { sendInHalves } from './delivery/send-in-halves';
import { crashMarkersInFlight } from './markers/crash-in-flight';
import { createNoticeService, NOTICE_LEASE_MS } from './notice/create-notice-service';
import { crashProbesInFlight } from './probe/crash-in-flight';
import type { ProcessParts } from './process-parts';
import { readIdentity } from './read-identity';
import { crashReplaysInFlight } from './replay/crash-in-flight';
import { pointOfEnv } from './runtime/point-of-env';
import { createProcessRow } from './runtime/process-row';
import type { Service } from './runtime/service';

/** The services of a worker process. Rejects with one sentence when the queue's server cannot be reached. */
export async function buildWorker(parts: ProcessParts): Promise<Service[]> {
  const { env, sql, clock, logger, metrics, notReady } = parts;
  const opener = openerOf(env);
  const reach = pointOfEnv(env, workerCrashPointSchema);
  const crashPoints = reach === null ? NO_CRASH_POINTS : { reach };
  const isArmed = reach !== null;
  const sending = isArmed ? { sendBody: (body: Buffer) => sendInHalves(body, crashPoints) } : {};
  const store = measureStore(createS3ObjectStore(sending), metrics.registry);
  const roles = createRoleSessions({
    identity: readIdentity(env),
    clock,
    // Stores that are not AWS are asked only where they are stand-ins: our identity is one of AWS.
    asksOwnStores: env.SLUICE_MODE === 'demo',
  });
  const opened = await createQueues({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    redisPrefix: env.SLUICE_REDIS_PREFIX,
    consumersMax: WORKER_CONSUMERS,
    logger,
  });
  const queues = isArmed ? crashAroundWakeUps(opened, crashPoints) : opened;
  const workerId = env.SLUICE_WORKER_ID ?? randomBytes(5).toString('hex');
  const armed = isArmed ? armLedgers({ sql, logger, crashPoints, workerId }) : {};
  return [
    closingService('object-store', async () => store.close()),
    closingService('role-sessions', async () => roles.close()),
    closingService('queues', () => queues.close()),
    ...createWorkerServices({
      sql,
      queues,
      store,
      opener,
      roles,
      ...ownAccount(env),
      clock,
      logger,
      crashPoints,
      workerId,
      ...armed,
    }),
    createNoticeService({
      outbox: createOutbox(sql, { leaseMs: NOTICE_LEASE_MS }),
      ...readWaysOut(env),
      open: opener.open,
      nowMs: () => clock.nowMs(),
      random: Math.random,
      logger,
    }),
    createProcessRow({
      sql,
      logger,
      kind: 'worker',
      name: workerId,
      notReady,
      readMore: async () => ({
        slots: DELIVERY_SLOTS.whole + DELIVERY_SLOTS.behind,
        queue: await readQueue({ queues, clock, logger }),
      }),
    }),
  ];
}

/** How notices leave. Rejects settings that name half a mail server. */
function readWaysOut(env: Env) {
  const { SLUICE_SMTP_URL: smtpUrl, SLUICE_MAIL_FROM: from } = env;
  const allowedOrigins = env.SLUICE_OUTBOUND_ORIGINS.split(',').filter((origin) => origin !== '');
  if (smtpUrl !== undefined && from === undefined)
    throw new Error('SLUICE_SMTP_URL is set and SLUICE_MAIL_FROM is not: mails need a sender.');
  return {
    mailer: smtpUrl === undefined || from === undefined ? null : createMailer({ smtpUrl, from }),
    outbound: createOutbound({ allowedOrigins }),
    vendorName: env.SLUICE_VENDOR_NAME ?? null,
  };
}

/** Every ledger with the points at which its statements are on their way. */
function armLedgers({
  sql,
  logger,
  crashPoints,
  workerId,
}: Pick<WorkerParts, 'sql' | 'logger' | 'crashPoints' | 'workerId'>) {
  return {
    ledger: crashInFlight(createDeliveryLedger(sql), crashPoints),
    replays: crashReplaysInFlight(createReplayLedger(sql), crashPoints),
    markers: crashMarkersInFlight(createMarkerLedger(sql, logger), crashPoints),
    probes: crashProbesInFlight(createProbeLedger(sql, workerId), crashPoints),
  };
}

/** Something that is open already and is let go of after the services behind it. */
function closingService(name: string, close: () => Promise<void>): Service {
  return { name, start: async () => undefined, isReady: () => true, stop: close };
}

function ownAccount({ SLUICE_AWS_PRINCIPAL_ARN: principalArn }: Env): { ownAccountId?: string } {
  const ownAccountId = principalArn === undefined ? null : accountOfArn(principalArn);
  return ownAccountId === null ? {} : { ownAccountId };
}
