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

/** Of a replay, beside those around each PUT; `replay_finish_*`: the end of the whole replay. */
export const replayCrashPointSchema = z.enum([
  'replay_after_claim',
  'replay_after_look',
  'replay_before_mark',
  'replay_mark_sent',
  'replay_after_mark',
  'replay_before_settle',
  'replay_settle_sent',
  'replay_after_settle',
  'replay_back_off_sent',
  'replay_finish_sent',
  'replay_after_finish',
]);

/** Of an hour's marker, beside those around each PUT: decided once, written until that is recorded. */
export const markerCrashPointSchema = z.enum([
  'marker_before_decide',
  'marker_decide_sent',
  'marker_after_decide',
  'marker_after_claim',
  'marker_before_end',
  'marker_end_sent',
  'marker_after_end',
]);

export const probeCrashPointSchema = z.enum([
  'probe_after_claim',
  'probe_after_put',
  'probe_before_record',
  'probe_record_sent',
  'probe_after_record',
]);

/** Of a chore, by its name: `chore.close-hours.sent`. `before`: it has the turn, and nothing is done. */
export const choreCrashPointSchema = z.templateLiteral([
  'chore.',
  z.string().regex(/^[a-z-]+$/),
  '.',
  z.enum(['before', 'sent', 'after']),
]);

/** Everything at which a worker process can be made to die. */
export const workerCrashPointSchema = z.union([
  crashPointSchema,
  replayCrashPointSchema,
  markerCrashPointSchema,
  probeCrashPointSchema,
  choreCrashPointSchema,
]);
export type WorkerCrashPoint = z.infer<typeof workerCrashPointSchema>;

/** Told at each point; does nothing in production, and whatever a test likes elsewhere. */
export interface CrashPoints {
  reach(point: WorkerCrashPoint): void;
}

export const NO_CRASH_POINTS: CrashPoints = { reach: () => undefined };
