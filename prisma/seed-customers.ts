import { type HistoryShape, makeHistory } from '@/dev/demo-traffic/make-history';
import { writeHistory } from '@/dev/demo-traffic/write-history';
import type { CreateRoutingInput } from '@/lib/domain/routing/input';
import { createDb } from '@/lib/platform/db/client';
import { createSql, type Sql } from '@/lib/platform/sql';
import type { Ctx } from '@/lib/services/context';
import { createRouting } from '@/lib/services/routing/create';
import { startRouting } from '@/lib/services/routing/start';
import {
  adminCtx,
  createOrganization,
  createServerKey,
  findSeeded,
  type Seeded,
  type SeedInput,
} from './seed';

export const CUSTOMER_BUCKETS = {
  adSales: 'aurora-ad-sales',
  borealis: 'borealis-media-events',
  cumulus: 'cumulus-radio-events',
};

/** The customer that has not given access yet. */
export const CUMULUS = 'Cumulus Radio';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Week = Omit<HistoryShape, 'late'> & {
  /** By how much files were late at worst on the last day. */
  readonly latestMs: number;
};

const WEEKS: Readonly<Record<'events' | 'adSales' | 'borealis', Week>> = {
  events: {
    rowsPerMinuteMax: 1_250,
    dataTypes: 2,
    flushIntervalMs: 10_000,
    promiseMs: 60_000,
    latestMs: 110_000,
  },
  adSales: {
    rowsPerMinuteMax: 280,
    dataTypes: 1,
    flushIntervalMs: 60_000,
    promiseMs: 300_000,
    latestMs: 110_000,
  },
  borealis: {
    rowsPerMinuteMax: 300,
    dataTypes: 1,
    flushIntervalMs: 10_000,
    promiseMs: 300_000,
    latestMs: 30_000,
  },
};

interface CustomersInput extends SeedInput {
  readonly secrets: SeedInput['secrets'] & {
    readonly borealis: {
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly serverKey: string;
    };
  };
}

/**
 * What makes the demo look like a vendor's day: a second routing of Aurora, Borealis which will be refused, Cumulus
 * which has not given access yet, and a made-up week before the first start. Runs at every start, changes nothing
 * that is there.
 */
export async function seedCustomers(input: CustomersInput, aurora: Seeded): Promise<void> {
  const { databaseUrl, secrets, objectStore } = input;
  const db = createDb({ databaseUrl, connectionsMax: 2 });
  const sql = createSql({ databaseUrl, applicationName: 'seed', connectionsMax: 1 });
  try {
    if ((await findSeeded(db, secrets.borealis.serverKey)) !== null) return;
    const ctx = await adminCtx(db, secrets.sealPublicKey, [objectStore.endpoint]);
    const events = await ctx.db.routing.findFirstOrThrow({ where: { workspaceId: aurora.workspaceId } });
    await createRouting({ ctx, input: await cumulus(ctx, input) });
    const adSales = await createStarted(ctx, auroraAdSales(input, aurora));
    const borealis = await createOrganization(db, 'Borealis Media', 'borealis.example');
    const held = await createStarted(ctx, borealisEvents(input, borealis));
    await writeWeek(sql, events.id, WEEKS.events);
    await writeWeek(sql, adSales, WEEKS.adSales);
    await writeWeek(sql, held, WEEKS.borealis);
    // The key comes last: it is by this row that the next start knows the customers to be complete.
    await createServerKey(db, borealis, secrets.borealis.serverKey);
  } finally {
    await sql.end();
    await db.$disconnect();
  }
}

async function createStarted(ctx: Ctx, input: CreateRoutingInput): Promise<string> {
  const { routing } = await createRouting({ ctx, input });
  await startRouting({ ctx, input: { routingId: routing.id, withoutCheck: true } });
  return routing.id;
}

function place(input: CustomersInput, bucket: string) {
  const { endpoint, region } = input.objectStore;
  return { endpoint, region, bucket, prefix: '', kmsKeyArn: '' };
}

function auroraAdSales(input: CustomersInput, aurora: Seeded): CreateRoutingInput {
  const { accessKeyId, secretAccessKey } = input.secrets.objectStore;
  return {
    ...aurora,
    ...place(input, CUSTOMER_BUCKETS.adSales),
    name: 'Aurora ad sales',
    accessKeyId,
    secretAccessKey,
    dataTypes: ['events'],
    eventNames: ['SlotViewable', 'SlotClicked'],
    promiseSeconds: 300,
    flushIntervalMs: 60_000,
  };
}

function borealisEvents(input: CustomersInput, borealis: Seeded): CreateRoutingInput {
  const { accessKeyId, secretAccessKey } = input.secrets.borealis;
  return {
    ...borealis,
    ...place(input, CUSTOMER_BUCKETS.borealis),
    name: 'Borealis events',
    accessKeyId,
    secretAccessKey,
    dataTypes: ['events'],
    promiseSeconds: 300,
    flushIntervalMs: 10_000,
  };
}

async function cumulus({ db }: Ctx, input: CustomersInput): Promise<CreateRoutingInput> {
  return {
    ...(await createOrganization(db, CUMULUS, 'Player and site')),
    ...place(input, CUSTOMER_BUCKETS.cumulus),
    name: 'Cumulus events',
    prefix: 'sluice/',
    dataTypes: ['events', 'sync_aliases'],
    promiseSeconds: 300,
    flushIntervalMs: 60_000,
  };
}

/** Days and hours of a week, minutes of a day, all until now; for a while on the last day too few writers ran. */
async function writeWeek(sql: Sql, routingId: string, { latestMs, ...shape }: Week): Promise<void> {
  const toMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const lateFrom = toMs - 8 * HOUR_MS;
  const late = { fromMs: lateFrom, toMs: lateFrom + 45 * MINUTE_MS, peakMs: latestMs };
  // An hour is its minutes, and a day its hours: finer rows begin where a coarser one does.
  const week = Math.floor((toMs - 6 * DAY_MS) / DAY_MS) * DAY_MS;
  const day = Math.floor((toMs - DAY_MS) / HOUR_MS) * HOUR_MS;
  const history = makeHistory({ ...shape, late }, { from: { minute: day, hour: week, day: week }, toMs });
  await writeHistory(sql, routingId, history);
}
