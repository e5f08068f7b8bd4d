import { S3Client } from '@aws-sdk/client-s3';
import { buildAll } from '@/scripts/instance/build';
import type { Instance } from '@/scripts/instance/start-instance';
import { waitFor } from '@/scripts/instance/wait-for';
import { withPrivateInstance } from '@/scripts/instance/with-private-instance';
import { createApi } from './api';
import { type ReadBack, readBack } from './read-back';
import { createSmokeRouting, type SmokeRouting } from './routing';
import { sendEvents } from './send';
import { createAdminToken } from './token';

const EVENTS = Number(process.env.SLUICE_SMOKE_EVENTS || 10_000);
const CLIENTS = 8;
const DELIVERY_DEADLINE_MS = 60_000;

async function smoke(instance: Instance): Promise<boolean> {
  const api = createApi(instance.webUrl, await createAdminToken(instance));
  const routing = await createSmokeRouting(api, instance);
  await routing.start();
  const { collectorUrl } = instance;
  const sent = await sendEvents({
    collectorUrl,
    serverKey: routing.serverKey,
    clients: CLIENTS,
    events: EVENTS,
    atHalf: routing.pauseAndResume,
  });
  await waitFor(
    'every event to be delivered',
    async () => (await routing.pendingRows()) === 0,
    DELIVERY_DEADLINE_MS,
  );
  const result = await compare(
    sent,
    await readBack(plainClient(instance), instance.objectStore.bucket, routing.prefix),
    routing,
  );
  console.log(JSON.stringify(result));
  return (
    result.sent === EVENTS &&
    result.delivered === EVENTS &&
    result.duplicates === 0 &&
    result.missing === 0 &&
    result.unexpected === undefined
  );
}

// Marks are the test's own ids inside the events; event ids are the product's. Both have to be unique.
async function compare(sent: ReadonlySet<string>, found: ReadBack, routing: SmokeRouting) {
  const marks = new Set(found.lines.map((line) => line.mark));
  const eventIds = new Set(found.lines.map((line) => line.eventId));
  const unexpected = [...marks].filter((mark) => !sent.has(mark)).length;
  const deliveredAt = await routing.deliveredAt();
  const latenciesMs = found.lines
    .map((line) => (deliveredAt.get(line.key) ?? Number.NaN) - line.receivedMs)
    .sort((a, b) => a - b);
  if (latenciesMs.some(Number.isNaN))
    throw new Error('A file that lies in the bucket is not in the file list');
  return {
    sent: sent.size,
    delivered: found.lines.length,
    duplicates: found.lines.length - Math.min(marks.size, eventIds.size),
    missing: [...sent].filter((mark) => !marks.has(mark)).length,
    files: found.keys.length,
    latencyP99Ms: latenciesMs[Math.ceil(latenciesMs.length * 0.99) - 1] ?? null,
    ...(unexpected === 0 ? {} : { unexpected }),
  };
}

function plainClient(instance: Instance): S3Client {
  const { accessKeyId, secretAccessKey } = instance.secrets.objectStore;
  return new S3Client({
    endpoint: instance.objectStore.endpoint,
    region: instance.objectStore.region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
}

async function main(): Promise<boolean> {
  process.umask(0o077);
  await buildAll();
  return withPrivateInstance(smoke);
}

main().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
