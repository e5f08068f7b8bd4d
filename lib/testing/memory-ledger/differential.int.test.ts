import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '@/lib/services/context';
import { createCtxFactory } from '@/lib/testing/ctx';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';
import { runSequence } from './differential/run-sequence';

const isSecondTier = process.env.SLUICE_TEST_TIER2 === '1';
/** One seed alone: DIFFERENTIAL_SEED=17 npx vitest run lib/testing/memory-ledger. */
const ONLY = process.env.DIFFERENTIAL_SEED;
const STEPS = 160;
/** Drawn once, for coming to much; whoever changes what a step draws may have to choose others. */
const FIXED = [
  ...[130, 46, 162, 204, 42, 32],
  ...(isSecondTier ? Array.from({ length: 24 }, (_, i) => 300 + i) : []),
];
/** Nobody has run these before, and a failure names its seed: DIFFERENTIAL_DRAWN=100 npx vitest run lib/testing/memory-ledger. */
const DRAWN = Array.from({ length: Number(process.env.DIFFERENTIAL_DRAWN ?? 0) }, () => randomInt(2 ** 32));

/** What the sequences must have been answered, or they would compare next to nothing. */
const ANSWERS = [
  'claimLane null',
  'claimLane value',
  'archiveRouting null',
  'closeHours some',
  'commitCut false',
  'commitCut true',
  'disableRouting null',
  'expireLanes some',
  'failLane false',
  'failLane true',
  'finishFile false',
  'finishFile true',
  'holdLane false',
  'holdLane true',
  'markAttempt null',
  'markAttempt some',
  'readCutTimes value',
  'readOpenCut value',
  'releaseCut false',
  'releaseCut true',
  'releaseCutAnyway released',
  'resealCut false',
  'resealCut true',
  'resumeRouting null',
  'sealCut null',
  'sealCut value',
  'updateRouting null',
];

let database: TestDatabase;
let ctx: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  ctx = await createCtxFactory(database).ctxOf('admin');
});
afterAll(() => database.close());

const answers = new Set<string>();

async function expectSameWorlds(seed: number): Promise<void> {
  const result = await runSequence({ sql: database.sql, ctx }, { seed, steps: STEPS });
  for (const answer of result.answers) answers.add(answer);
  const { difference } = result;
  if (difference === null) return;
  const steps = difference.steps.slice(-20).join('\n  ');
  const place = `seed ${seed}, step ${difference.steps.length}:\n  ${steps}\n`;
  expect(difference.postgres, place).toEqual(difference.memory);
}

test.each(ONLY === undefined ? [...FIXED, ...DRAWN] : [Number(ONLY)])(
  'the ledgers in memory and in Postgres answer every call alike and keep the same rows, with seed %d',
  expectSameWorlds,
);

test.runIf(ONLY === undefined)('the sequences have come to every answer that matters', () => {
  expect(ANSWERS.filter((answer) => !answers.has(answer))).toEqual([]);
});
