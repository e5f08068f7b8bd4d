import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@/lib/domain/errors';
import type { Sql } from '@/lib/platform/sql';
import type { Ctx } from '@/lib/services/context';
import { Prng } from '@/lib/testing/simulation/prng';
import { drawStep } from './draw-step';
import { createMemoryWorld } from './memory-world';
import { createPostgresWorld } from './postgres-world';
import type { Step, Walk } from './step';
import type { World } from './world';
import { ageOf } from './world-state';

export interface Difference {
  readonly seed: number;
  /** The steps up to the one after which the worlds differ. */
  readonly steps: readonly string[];
  readonly memory: unknown;
  readonly postgres: unknown;
}

export interface SequenceResult {
  readonly difference: Difference | null;
  /** Each way in which a step was answered, as `claimLane null`. */
  readonly answers: ReadonlySet<string>;
}

/** Runs one sequence of random steps in both worlds and compares every answer and every state after it. */
export async function runSequence(
  deps: { readonly sql: Sql; readonly ctx: Ctx },
  { seed, steps: count, hasBeside = false }: { seed: number; steps: number; hasBeside?: boolean },
): Promise<SequenceResult> {
  const memory = createMemoryWorld();
  const postgres = await createPostgresWorld({ ...deps, memory });
  const walk: Walk = { prng: new Prng(seed), memory, claims: [], replayClaims: [], probeClaims: [] };
  const answers = new Set<string>();
  const steps: string[] = [];
  while (steps.length < count) {
    const step = await drawStep(walk, { index: steps.length, hasBeside });
    steps.push(step.text);
    // Memory goes first: the ids of the other world are translated into its.
    const expected = { answer: await answerOf(step, memory), state: await memory.readState() };
    const found = { answer: await answerOf(step, postgres), state: await postgres.readState() };
    answers.add(`${step.name} ${kindOf(expected.answer)}`);
    if (!isDeepStrictEqual(plain(found), plain(expected))) {
      const difference = { seed, steps, memory: plain(expected), postgres: plain(found) };
      return { difference, answers };
    }
  }
  return { difference: null, answers };
}

async function answerOf(step: Step, world: World): Promise<unknown> {
  try {
    return comparable(await step.run(world), world.nowMs());
  } catch (error) {
    // What a table or an invariant refuses is one and the same: our own fault.
    return { error: error instanceof AppError ? error.code : 'INTERNAL' };
  }
}

/** An answer without what both worlds may say in their own way: instants, and the order of attempts. */
function comparable(answer: unknown, nowMs: number): unknown {
  return JSON.parse(
    JSON.stringify(answer ?? null, (key, value: unknown) => {
      if (typeof value === 'bigint') return String(value);
      if (key === 'firstDenialAgoMs') return ageOf(0, Number(value));
      if (/^(sealedAt|markedAt|deliveredAt|inFlightUntil)Ms$/.test(key) && value !== null)
        return ageOf(Number(value), nowMs);
      if (key === 'attempts' && Array.isArray(value))
        return value.map((trace) => JSON.stringify(trace, ['httpStatus', 'outcome'])).sort();
      return value;
    }),
  );
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function kindOf(answer: unknown): string {
  if (typeof answer === 'number') return answer > 0 ? 'some' : 'none';
  if (answer === null || typeof answer !== 'object') return String(answer);
  return 'error' in answer ? String(answer.error) : 'value';
}
