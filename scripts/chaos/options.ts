import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export interface ChaosOptions {
  /** How long faults happen. */
  readonly minutes: number;
  readonly seed: number;
  /** The verdict on one line, for programs. */
  readonly json: boolean;
  /** Keeps the folder of a clean run, too. */
  readonly keep: boolean;
}

const USAGE =
  'Usage: npm run chaos -- [--minutes N] [--seed S] [--json] [--keep]\nRandom faults under load for N minutes (default 5), then the verdict on every event.';

/** Throws with the usage when an argument is not understood. */
export function parseOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string' },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const minutes = Number(values.minutes);
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new Error(USAGE);
  return { minutes, seed, json: values.json, keep: values.keep };
}
