import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '@/lib/services/context';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { runSequence } from './differential/run-sequence';

const isSecondTier = process.env.SLUICE_TEST_TIER2 === '1';
const STEPS = 120;
/** Always the same, so that a commit is judged alike everywhere; and some that nobody has run before. */
const FIXED_SEEDS = Array.from({ length: isSecondTier ? 200 : 14 }, (_, i) => i + 1);
const NEW_SEEDS = Array.from({ length: isSecondTier ? 60 : 4 }, () => randomInt(2 ** 32));

let database: TestDatabase;
let ctx: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  ctx = await createCtxFactory(database).ctxOf('admin');
});
afterAll(() => database.close());

test('x', async () => {
  const all = new Map<string, number>();
  for (const seed of [...FIXED_SEEDS, ...NEW_SEEDS]) {
    const at = Date.now();
    const { difference, answers } = await runSequence({ sql: database.sql, ctx }, { seed, steps: STEPS });
    console.log(seed, Date.now() - at);
    if (difference !== null) {
      console.log(difference.steps.slice(-25).join('\n'));
      expect(difference.postgres, `seed ${seed}`).toEqual(difference.memory);
    }
    for (const [k, n] of answers) all.set(k, (all.get(k) ?? 0) + n);
  }
  console.log(
    [...all]
      .sort()
      .map(([k, n]) => `${k} ${n}`)
      .join('\n'),
  );
}, 300_000);
