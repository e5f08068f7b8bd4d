import { collectorCrashPointSchema } from '@/workers/collector/crash-points';
import {
  type CrashPoint,
  crashPointSchema,
  markerCrashPointSchema,
  probeCrashPointSchema,
  replayCrashPointSchema,
} from '@/workers/delivery/crash-points';
import { CHORE_NAMES } from './chores';
import { MISHAPS } from './mishaps';
import { VERBS } from './verbs';

/** Passed only where something rare came before: enough that one of dying and freezing there happens. */
const RARE_POINTS: readonly CrashPoint[] = [
  'before_wake_up',
  'wake_up_sent',
  'after_wake_up',
  'before_release',
  'release_sent',
  'after_release',
  'after_head',
  'fail_sent',
];

const LEDGER_VERBS = [
  'claimLane',
  'renewLease',
  'readOpenCut',
  'sealCut',
  'markAttempt',
  'readPlaceAccess',
  'finishFile',
  'failFile',
  'failLane',
  'commitCut',
  'recordHealth',
];

/** Refusals by which the ledger keeps two workers apart, and what else must not go untried. */
const NAMED = [
  'destination.adopted',
  'destination.not_adopted',
  'ledger.sealCut.refused',
  'ledger.markAttempt.refused',
  'ledger.finishFile.refused',
  'ledger.commitCut.refused',
  'ledger.claimLane.refused',
  'ledger.releaseCut.done',
  'ledger.resealCut.done',
  'append.hour_closed',
  'append.key_exists',
  'answer.503.overloaded',
  'answer.503.outcome_unknown',
  'answer.422.key_reused',
  'answer.409.key_in_flight',
  'producer.sent_again',
  'producer.sent_after_ack',
  'store.own_412',
  'store.foreign_412',
  'fault.put.applied',
  'fault.put.written_late',
  'access.key_revoked',
  'access.denied',
  'access.bucket_missing',
  'access.kms_disabled',
  'job.lost',
  'job.doubled',
  'job.late',
  'job.wrong_epoch',
  'job.twice_in_one_worker',
  'process.restarted',
  'chore.attempts_closed',
  'chore.hours_closed',
  'chore.lanes_stopped',
  'gap.retention',
  'set_aside.corrupt',
  'segments.superseded',
  'segments.given_up_behind_newer',
  'object.stitched',
  'object.recompressed',
  'object.copy',
  'gap.discarded',
  'put.file',
  'put.copy',
  'put.marker',
  'put.probe',
  'store.restored',
  'replay.fill.done',
  'replay.fill.cancelled',
  'replay.copy.done',
  'replay.look.done',
  'replay.file.present',
  'replay.file.missing',
  'replay.file.restored',
  'replay.file.copied',
  'replay.file.not_kept',
  'replay_job.lost',
  'aftermath.fill',
  'deleted.at_rest',
  'deleted.not_kept',
  'marker.written',
  'marker.skipped',
  'marker.with_files',
  'marker.of_quiet_hour',
  'quiet.blocked',
  'quiet.cleared',
  'freshness.none',
  'freshness.pending',
];

/** What is recorded beside live delivery; each call gets lost in some way. */
const BESIDE_CALLS = [
  'replays.claimFile',
  'replays.markFile',
  'replays.settleFile',
  'replays.finishReplay',
  'markers.decideMarkers',
  'markers.claimMarker',
  'markers.endMarker',
  'probes.claimDue',
  'probes.record',
];

/** What must have happened at least once over the seeds of `npm test`: a kind that no longer happens proves nothing. */
export const REQUIRED_KINDS: readonly string[] = [
  ...crashPointSchema.options.flatMap((point) =>
    RARE_POINTS.includes(point)
      ? [`point.${point}.passed`]
      : [`point.${point}.crashed`, `point.${point}.frozen`],
  ),
  ...collectorCrashPointSchema.options.flatMap((point) => [
    `collector.${point}.crashed`,
    `collector.${point}.frozen`,
  ]),
  ...['retry', 'garbled', 'blocked', 'denied', 'clock', 'hold'].map((kind) => `fault.class.${kind}`),
  ...[...replayCrashPointSchema.options, ...markerCrashPointSchema.options].flatMap((point) => [
    `point.${point}.crashed`,
    `point.${point}.frozen`,
  ]),
  ...probeCrashPointSchema.options.map((point) => `point.${point}.crashed`),
  ...CHORE_NAMES.flatMap((name) =>
    ['before', 'sent', 'after'].flatMap((when) => [
      `point.chore.${name}.${when}.crashed`,
      `point.chore.${name}.${when}.frozen`,
    ]),
  ),
  ...BESIDE_CALLS.map((call) => `call.lost.${call}`),
  ...LEDGER_VERBS.flatMap((verb) => ['refused', 'lost', 'late'].map((fate) => `call.${fate}.ledger.${verb}`)),
  ...['refused', 'lost', 'late'].map((fate) => `call.${fate}.log.append`),
  ...VERBS.map((verb) => `verb.${verb}`),
  ...MISHAPS.map((mishap) => `mishap.${mishap}`),
  ...NAMED,
];
