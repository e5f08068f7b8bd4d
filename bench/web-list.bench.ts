import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@/dev/embedded-postgres/start';
import { listViewSchema, sortKeySchema } from '@/lib/domain/routing/list';
import { createDb, type Db } from '@/lib/platform/db/client';
import { migrate } from '@/lib/platform/db/migrate';
import { generateSealKeyPair } from '@/lib/platform/secret-box/key-pair';
import { createSealer } from '@/lib/platform/secret-box/sealer';
import { createSql } from '@/lib/platform/sql';
import type { Ctx } from '@/lib/services/context';
import { countRoutingViews } from '@/lib/services/routing/count-views';
import { listRoutings } from '@/lib/services/routing/list';
import { listFilterChoices } from '@/lib/services/routing/list-filter-choices';
import { ROUTINGS, seedRoutings } from './web-list-seed';

export const name = 'web-list';

const REPEATS = 7;

/**
 * What the page of all routings asks of the server, counts and filters included, with 5,000 routings of three lanes each, on a
 * Postgres of its own: the median of seven, in ms, for every view in its own order and for every order of all.
 * About 90 s, most of it to make the routings.
 */
export async function run(): Promise<Record<string, unknown>> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const settings = { fsync: 'off', shared_buffers: '256MB', max_wal_size: '4GB' };
  const postgres = await startEmbeddedPostgres({ directory, port: 0, settings });
  const databaseUrl = postgres.url('postgres');
  const sql = createSql({
    databaseUrl,
    applicationName: 'bench',
    connectionsMax: 2,
    statementTimeoutMs: 120_000,
  });
  const db = createDb({ databaseUrl, connectionsMax: 5 });
  try {
    await migrate({ databaseUrl, directory: 'prisma/migrations' });
    await seedRoutings(sql);
    return { routings: ROUTINGS, repeats: REPEATS, medianMs: await measure(opsCtx(db)) };
  } finally {
    await db.$disconnect();
    await sql.end();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(ctx: Ctx): Promise<Record<string, number>> {
  const pages: Record<string, Parameters<typeof listRoutings>[0]['input']> = {};
  for (const view of listViewSchema.options) pages[view] = { view, sort: 'status' };
  for (const sort of sortKeySchema.options) pages[`all by ${sort}`] = { view: 'all', sort };
  pages['all by status, last page'] = { view: 'all', sort: 'status', page: ROUTINGS / 100 };
  pages['all, searched'] = { view: 'all', sort: 'status', q: 'organization 12' };
  const figures: Record<string, number> = {};
  for (const [page, input] of Object.entries(pages)) {
    figures[page] = await medianMs(() =>
      Promise.all([
        listRoutings({ ctx, input: { ...input, limit: 100 } }),
        countRoutingViews({ ctx }),
        listFilterChoices({ ctx }),
      ]),
    );
  }
  return figures;
}

async function medianMs(read: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < REPEATS; n += 1) {
    const start = performance.now();
    await read();
    times.push(performance.now() - start);
  }
  return Math.round(times.sort((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? 0);
}

function opsCtx(db: Db): Ctx {
  const userId = randomUUID();
  return {
    db,
    actor: { kind: 'user', userId, name: 'Bench', email: '', role: 'ops', organizationId: null },
    sealer: createSealer(generateSealKeyPair().publicKeyPem),
    allowedEndpoints: [],
    requestId: randomUUID(),
  };
}
