import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTcpFaultProxy, type TcpFaultProxy } from '@/dev/tcp-fault-proxy/start';
import type { TcpFault } from '@/dev/tcp-fault-proxy/tcp-fault';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { startTestObjectStore, type TestObjectStore } from '@/lib/testing/object-store';
import { openPipeline, type Pipeline } from '@/lib/testing/pipeline';
import { waitUntil } from '@/lib/testing/wait-until';

const isTier2 = process.env.SLUICE_TEST_TIER2 === '1';

interface Cut {
  readonly what: string;
  readonly fault: TcpFault;
  /** How long the line stays cut; longer than a statement, a PUT's idle socket or an append may take. */
  readonly forMs: number;
}

const SHORT_MS = 1_500;
const LONG_MS = 35_000;
const CUTS: readonly Cut[] = [
  { what: 'refused', fault: { refuse: true }, forMs: SHORT_MS },
  {
    what: 'reset mid-stream',
    fault: { cutAfter: { direction: 'to-client', bytes: 2_000 } },
    forMs: SHORT_MS,
  },
];
const LONG_CUTS: readonly Cut[] = [
  {
    what: 'reset on the way out',
    fault: { cutAfter: { direction: 'to-target', bytes: 2_000 } },
    forMs: SHORT_MS,
  },
  { what: 'a black hole', fault: { blackHole: true }, forMs: LONG_MS },
  { what: 'mute on the way out', fault: { blackHole: 'to-target' }, forMs: LONG_MS },
  { what: 'mute on the way back', fault: { blackHole: 'to-client' }, forMs: LONG_MS },
];

let store: TestObjectStore;
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(() => store.close());

interface Scene {
  readonly database: TestDatabase;
  readonly pipeline: Pipeline;
}

/** What is told another address than the real one. */
type Line = 'worker–Postgres' | 'collector–Postgres' | 'worker–S3';

const LINES: readonly Line[] = ['worker–Postgres', 'collector–Postgres', 'worker–S3'];

async function withLine(
  line: Line,
  use: (scene: Scene, proxy: TcpFaultProxy) => Promise<void>,
): Promise<void> {
  const database = await createTestDatabase();
  const target = line === 'worker–S3' ? store.endpoint : database.url;
  const proxy = await startTcpFaultProxy({ targetPort: Number(new URL(target).port) });
  const through = (url: string) => Object.assign(new URL(url), { port: String(proxy.port) }).href;
  const pipeline = await openPipeline({
    store,
    sql: database.sql,
    databaseUrl: database.url,
    ...(line === 'worker–S3' ? { endpoint: new URL(through(store.endpoint)).origin } : {}),
  });
  try {
    await pipeline.startWorker(line === 'worker–Postgres' ? { DATABASE_URL: through(database.url) } : {});
    await pipeline.startCollector(
      line === 'collector–Postgres' ? { DATABASE_URL: through(database.url) } : {},
    );
    await use({ database, pipeline }, proxy);
  } finally {
    await pipeline.close();
    await proxy.close();
    await database.close();
  }
}

/** Lines are taken and delivered again; back-offs of the cut are over. */
async function untilMoving({ database, pipeline }: Scene): Promise<void> {
  const before = await pipeline.watch.lane();
  await waitUntil(
    'lines are delivered again',
    async () => {
      await database.sql.query('UPDATE lane SET not_before = NULL WHERE not_before IS NOT NULL');
      const lane = await pipeline.watch.lane();
      return lane.head > before.head && lane.done > before.head;
    },
    90_000,
  );
}

async function cut(proxy: TcpFaultProxy, { fault, forMs }: Cut): Promise<void> {
  const beganAt = performance.now();
  proxy.setFault(fault);
  if (fault.refuse) proxy.cutAll();
  await waitUntil(
    'the line was cut for long enough',
    () => performance.now() - beganAt > forMs,
    forMs + 5_000,
  );
  proxy.setFault({});
}

async function survive(line: Line, cuts: readonly Cut[]): Promise<void> {
  await withLine(line, async (scene, proxy) => {
    scene.pipeline.startProducers();
    await untilMoving(scene);
    for (const one of cuts) {
      await cut(proxy, one);
      await untilMoving(scene);
    }
    const verdict = await scene.pipeline.finish();
    expect(verdict).toMatchObject({ holds: true, faults: [] });
  });
}

test.concurrent.each(LINES)(
  '%s refused and reset under load, then healed: acknowledged lines are delivered exactly once, with no hand on it',
  (line) => survive(line, CUTS),
  300_000,
);

test.concurrent('a bucket that cannot be reached shows as failing with its cause, and as healthy once it can', async () => {
  await withLine('worker–S3', async (scene, proxy) => {
    const { pipeline } = scene;
    proxy.setFault({ refuse: true });
    pipeline.startProducers({ keyed: 1, unkeyed: 0 });
    await pipeline.watch.untilHealth('failing', 'ECONNRESET');
    proxy.setFault({});
    await pipeline.watch.letTimePass(600_000);
    await untilMoving(scene);
    await pipeline.watch.untilHealth('healthy', null);
    const verdict = await pipeline.finish();
    expect(verdict).toMatchObject({ holds: true, faults: [] });
  });
}, 300_000);

// `npm test` says at its end what of the second tier did not run.
describe.runIf(isTier2)('lines that go dead without a word', () => {
  // Beside each other: all that they do for most of the time is wait.
  test.concurrent.each(LINES.flatMap((line) => LONG_CUTS.map((one) => ({ line, what: one.what, one }))))(
    '$line: $what, for longer than any deadline',
    ({ line, one }) => survive(line, [one]),
    600_000,
  );
});
