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
  ...[5619, 18, 11, 63, 155],
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
  'updateRouting false',
  'updateRouting true',
];

/** The same beside which replays, markers and probes go on: BESIDE_SEED=3 and DIFFERENTIAL_DRAWN as above. */
const BESIDE_ONLY = process.env.BESIDE_SEED;
const BESIDE_STEPS = 260;
const BESIDE_FIXED = [21, 23, ...(isSecondTier ? Array.from({ length: 12 }, (_, i) => 400 + i) : [])];
const BESIDE_ANSWERS = [
  'backOffReplay null',
  'claimMarker value',
  'claimProbes value',
  'claimReplayFile null',
  'claimReplayFile value',
  'decideMarkers some',
  'finishReplay false',
  'markReplayFile false',
  'markReplayFile true',
  'settleReplayFile false',
  'settleReplayFile true',
  'startReplay CONFLICT',
  'startReplay PRECONDITION',
];

let database: TestDatabase;
let ctx: Ctx;
beforeAll(async () => {
  database = await createTestDatabase();
  ctx = await createCtxFactory(database).ctxOf('admin');
});
afterAll(() => database.close());

const answers = new Set<string>();

async function expectSameWorlds(seed: number, hasBeside = false): Promise<void> {
  const steps = hasBeside ? BESIDE_STEPS : STEPS;
  const result = await runSequence({ sql: database.sql, ctx }, { seed, steps, hasBeside });
  for (const answer of result.answers) answers.add(answer);
  const { difference } = result;
  if (difference === null) return;
  const last = difference.steps.slice(-20).join('\n  ');
  const place = `seed ${seed}, step ${difference.steps.length}:\n  ${last}\n`;
  expect(difference.postgres, place).toEqual(difference.memory);
}

test.each(ONLY === undefined ? [...FIXED, ...DRAWN] : [Number(ONLY)])(
  'the ledgers in memory and in Postgres answer every call alike and keep the same rows, with seed %d',
  (seed) => expectSameWorlds(seed),
);

test.each(BESIDE_ONLY === undefined ? [...BESIDE_FIXED, ...DRAWN] : [Number(BESIDE_ONLY)])(
  'replays, hour markers and probes in memory and in Postgres do the same, with seed %d',
  (seed) => expectSameWorlds(seed, true),
);

test.runIf(ONLY === undefined && BESIDE_ONLY === undefined)(
  'the sequences have come to every answer that matters',
  () => {
    expect([...ANSWERS, ...BESIDE_ANSWERS].filter((answer) => !answers.has(answer))).toEqual([]);
  },
);
