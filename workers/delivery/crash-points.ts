import { z } from 'zod';

/** Where a worker may die; each is proven by killing one there. */
export const crashPointSchema = z.enum([
  'before_seal',
  'after_seal',
  'before_mark',
  'after_mark',
  'during_put',
  'after_put_before_finish',
  'after_finish_before_commit',
  'after_commit',
  'in_recovery',
]);
export type CrashPoint = z.infer<typeof crashPointSchema>;

/** Told at each point; does nothing in production, and whatever a test likes elsewhere. */
export interface CrashPoints {
  reach(point: CrashPoint): void;
}

export const NO_CRASH_POINTS: CrashPoints = { reach: () => undefined };

/** `name` or `name:n`: runs `crash` when the point is reached for the n-th time. Throws on an unknown name. */
export function armCrashPoint(spec: string, crash: () => void): CrashPoints {
  const [name, count] = spec.split(':');
  const armed = crashPointSchema.parse(name);
  let left = z.coerce
    .number()
    .int()
    .positive()
    .parse(count ?? '1');
  return {
    reach: (point) => {
      if (point !== armed) return;
      left -= 1;
      if (left === 0) crash();
    },
  };
}
