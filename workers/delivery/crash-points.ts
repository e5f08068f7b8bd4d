import { z } from 'zod';

/** Where a worker may die; each is proven by killing one there. `_sent`: the statement is on its way, its reply is not back. */
export const crashPointSchema = z.enum([
  'before_wake_up',
  'wake_up_sent',
  'after_wake_up',
  'after_claim',
  'before_seal',
  'seal_sent',
  'after_seal',
  'in_recovery',
  'before_release',
  'release_sent',
  'after_release',
  'after_read',
  'before_mark',
  'mark_sent',
  'after_mark',
  'before_put',
  'during_put',
  'after_put_before_finish',
  'after_head',
  'finish_sent',
  'fail_sent',
  'after_finish',
  'after_finish_before_commit',
  'commit_sent',
  'after_commit',
]);
export type CrashPoint = z.infer<typeof crashPointSchema>;

/** Told at each point; does nothing in production, and whatever a test likes elsewhere. */
export interface CrashPoints {
  reach(point: CrashPoint): void;
}

export const NO_CRASH_POINTS: CrashPoints = { reach: () => undefined };
