import { afterAll, beforeAll, expect, test } from 'vitest';
import { withTransaction } from '@/lib/platform/db/transaction';
import { inTransaction } from '@/lib/platform/sql';
import { createRouting } from '@/lib/services/routing/create';
import { createCtxFactory, routingInput } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenant';
import type { RoutingPlace } from './place-conflict';
import { releaseLeftPlaces } from './release-left-places';
import { requireFreePlace } from './require-free-place';
import { findTakenPlace, reservePlace } from './reserve-place';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function placeOf(tenant: TestTenant, place: { bucket: string; prefix: string }): Promise<RoutingPlace> {
  const ctx = await createCtxFactory(database).ctxOf('admin');
  const { routing } = await createRouting({ ctx, input: { ...routingInput(tenant), ...place } });
  return { organizationId: tenant.organizationId, routingId: routing.id, endpoint: '', ...place };
}

const reserve = (place: RoutingPlace) => inTransaction(database.sql, (client) => reservePlace(client, place));
const require = (place: RoutingPlace) => withTransaction(database.db, (tx) => requireFreePlace(tx, place));
const reserved = async ({ routingId }: RoutingPlace) =>
  (await database.db.placeReservation.findMany({ where: { routingId }, orderBy: { prefix: 'asc' } })).map(
    ({ prefix }) => prefix,
  );

test('a proven place is refused to another routing of the organization by name, to a stranger without a word on it', async () => {
  const [own, stranger] = [await createTenant(database.sql), await createTenant(database.sql)];
  const place = { bucket: 'taken-bucket', prefix: 'a/' };
  // All are made before anybody has proven it: it is refused from then on.
  const [first, second] = [await placeOf(own, place), await placeOf(own, place)];
  const strange = await placeOf(stranger, place);
  expect([await reserve(first), await reserve(first)]).toEqual([null, null]);
  await require(first);
  expect(await reserve(second)).toEqual({ takenBy: 'Main site' });
  await expect(require(second)).rejects.toThrow('“Main site” delivers');
  const inside = { ...strange, prefix: 'a/_replay/x/' };
  expect(await reserve(inside)).toEqual({ takenBy: null });
  const refusal = await require(inside).catch((error: Error) => error.message);
  expect(refusal).toBe('This bucket and prefix cannot be used. Choose another prefix, or talk to us.');
  expect(await reserve(await placeOf(stranger, { ...place, prefix: 'b/' }))).toBeNull();
});

test('two places collide when the files of one lie where the other writes, and only then', async () => {
  const [one, other] = [await createTenant(database.sql), await createTenant(database.sql)];
  const [mine, theirs] = [
    await placeOf(one, { bucket: 'collisions', prefix: '' }),
    await placeOf(other, { bucket: 'collisions', prefix: '' }),
  ];
  for (const [here, there, collide] of [
    ['', '', true],
    ['a/', 'a/', true],
    ['a/', 'b/', false],
    ['a/', 'a/b/', false],
    ['', 'a/', false],
    ['a/', 'a/type=events/', true],
    ['a/', 'a/_replay/x/', true],
    ['', '_sluice/', true],
    ['a/', 'ab/', false],
    ['a%/', 'ab/type=x/', false],
  ] as const) {
    for (const [first, second] of [
      [here, there],
      [there, here],
    ] as const) {
      await database.sql.query('DELETE FROM place_reservation WHERE bucket = $1', ['collisions']);
      await reserve({ ...mine, prefix: first });
      const taken = await findTakenPlace(database.sql, { ...theirs, prefix: second });
      expect(taken !== null, `${first} and ${second}`).toBe(collide);
    }
  }
});

test('a place that nobody has proven is free to all', async () => {
  const tenant = await createTenant(database.sql);
  const place = { bucket: 'free-bucket', prefix: '' };
  const [one, other] = [await placeOf(tenant, place), await placeOf(tenant, place)];
  for (const each of [one, other]) await require(each);
});

test('of two routings that prove one place at once, one has it', async () => {
  const places = [];
  for (let n = 0; n < 6; n += 1)
    places.push(await placeOf(await createTenant(database.sql), { bucket: 'raced-bucket', prefix: 'p/' }));
  const outcomes = await Promise.all(places.map(reserve));
  expect(outcomes.filter((taken) => taken === null)).toHaveLength(1);
});

test('a place that was left is given back once nothing of it is still to come', async () => {
  const { sql } = database;
  const tenant = await createTenant(sql);
  const old = await placeOf(tenant, { bucket: 'left-bucket', prefix: 'old/' });
  const { routingId, organizationId } = old;
  await reserve(old);
  await sql.query(
    `INSERT INTO destination (organization_id, routing_id, version, endpoint, bucket, region, prefix, adopted_at)
     VALUES ($1, $2, 2, '', 'left-bucket', 'eu-west-1', 'new/', NULL)`,
    [organizationId, routingId],
  );
  await reserve({ ...old, prefix: 'new/' });
  // A candidate that proved its place has it beside the version that delivers.
  await releaseLeftPlaces(sql);
  expect(await reserved(old)).toEqual(['new/', 'old/']);
  const { rows } = await sql.query<{ cut: number }>(
    `WITH s AS (INSERT INTO log.stream (organization_id, workspace_id, type)
         SELECT organization_id, workspace_id, 'events' FROM routing WHERE id = $2 RETURNING id),
       l AS (INSERT INTO lane (organization_id, routing_id, stream_id, next, done)
         SELECT $1, $2, id, 1, 0 FROM s RETURNING id),
       c AS (INSERT INTO cut (organization_id, routing_id, lane_id, epoch, destination_version, lo, hi, reason, rows,
         raw_bytes, body_bytes, state) SELECT $1, $2, id, 1, 1, 0, 0, 'age', 1, 1, 1, 'sealed' FROM l RETURNING id),
       f AS (INSERT INTO file (id, organization_id, routing_id, cut_id, position, endpoint, bucket, key, type, lo, hi,
         kind, rows, raw_bytes, crc_raw, received_min, received_max, received_sum_ms, state)
         SELECT gen_random_uuid(), $1, $2, id, 0, '', 'left-bucket', 'old/type=events/a.gz', 'events', 0, 0,
           'stitched', 1, 1, 1, now(), now(), 0, 'sealed' FROM c)
     SELECT id AS cut FROM c`,
    [organizationId, routingId],
  );
  await sql.query('UPDATE destination SET adopted_at = now() WHERE routing_id = $1', [routingId]);
  await sql.query('UPDATE routing SET destination_version = 2 WHERE id = $1', [routingId]);
  await releaseLeftPlaces(sql);
  expect(await reserved(old)).toEqual(['new/', 'old/']);
  await sql.query(`UPDATE cut SET state = 'committed' WHERE id = $1`, [rows[0]?.cut]);
  expect(await releaseLeftPlaces(sql)).toBe(1);
  expect(await reserved(old)).toEqual(['new/']);
});
