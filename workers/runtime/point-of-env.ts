import type { z } from 'zod';
import type { Env } from '@/lib/platform/env';
import { armPoint } from './arm-point';

/** What this process does when it reaches a point; null when no point is armed. Throws outside demo mode. */
export function pointOfEnv<P extends string>(
  env: Pick<Env, 'SLUICE_CRASH_AT' | 'SLUICE_MODE'>,
  schema: z.ZodType<P>,
): ((point: P) => void) | null {
  if (env.SLUICE_CRASH_AT === undefined) return null;
  if (env.SLUICE_MODE !== 'demo') throw new Error('SLUICE_CRASH_AT is for tests; unset it.');
  return armPoint(schema, env.SLUICE_CRASH_AT, (signal) => process.kill(process.pid, signal));
}
