import type { Clock } from '@/lib/platform/clock';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { Logger } from '@/lib/platform/logger';
import type { Sql } from '@/lib/platform/sql';
import { verifyDaily } from '@/lib/services/audit/verify-daily';
import { forgetRejectedEvents } from '@/lib/services/collection/forget-rejected-events';
import { renewSegmentSnapshots } from '@/lib/services/collection/renew-segment-snapshots';
import { closeLostAttempts } from '@/lib/services/delivery/close-lost-attempts';
import { settleRoutings } from '@/lib/services/delivery/settle-routings';
import { takeTurn } from '@/lib/services/delivery/take-turn';
import { watchHealth } from '@/lib/services/delivery/watch-health';
import { releaseLeftPlaces } from '@/lib/services/destination/release-left-places';
import { forgetEventLooks } from '@/lib/services/event-look/forget';
import { countHours } from '@/lib/services/hour/count-hours';
import { foldLatency } from '@/lib/services/latency/fold-latency';
import { pruneLatency } from '@/lib/services/latency/prune-latency';
import { forgetNotices } from '@/lib/services/notice/forget';
import { noticeFirstFiles } from '@/lib/services/notice/notice-first-files';
import { forgetProbes } from '@/lib/services/probe/forget-probes';
import { forgetReconciliations, scheduleReconciliations } from '@/lib/services/reconciliation/schedule';
import { forgetReplays } from '@/lib/services/replay/forget-replays';
import { expireLanes } from '@/lib/services/retention/expire-lanes';
import { maintainLog } from '@/lib/services/retention/maintain-log';
import { watchRetention } from '@/lib/services/retention/watch-retention';
import { deleteExpiredSessions } from '@/lib/services/session/delete-expired';
import { closeHours } from '@/lib/services/stream/close-hours';
import { endStuckReaders } from '@/lib/services/stream/end-stuck-readers';
import { stopRemovedLanes } from '@/lib/services/stream/stop-removed-lanes';
import { sweepAppends } from '@/lib/services/stream/sweep-appends';
import { sweepLanes } from '@/lib/services/stream/sweep-lanes';
import { forgetProcesses } from '@/lib/services/system/forget-processes';
import { afterSending } from '@/workers/runtime/after-sending';
import { createPeriodic } from '@/workers/runtime/periodic';
import type { Service } from '@/workers/runtime/service';
import type { CrashPoints } from './crash-points';

export interface HousekeepingDeps {
  readonly sql: Sql;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workerId: string;
  readonly crashPoints: CrashPoints;
}

interface Chore {
  readonly name: string;
  readonly periodMs: number;
  readonly run: (deps: HousekeepingDeps) => Promise<void>;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Rare chores are asked about often, so that whoever dies is replaced soon. */
const ASK_EVERY_MS = 5 * SECOND;
const TIMER_JITTER_MS = 100;

const CHORES: readonly Chore[] = [
  {
    name: 'settle-routings',
    periodMs: 500,
    run: ({ sql, workerId }) => settleRoutings(sql, workerId),
  },
  {
    name: 'notice-first-files',
    periodMs: SECOND,
    run: async ({ sql, logger }) => {
      const began = await noticeFirstFiles(sql);
      if (began > 0) logger.info({ began }, 'First files have arrived');
    },
  },
  {
    name: 'close-lost-attempts',
    periodMs: 5 * SECOND,
    run: async ({ sql, logger }) => {
      const closed = await closeLostAttempts(sql);
      if (closed > 0) logger.warn({ closed }, 'Closed attempts of workers that died');
    },
  },
  {
    name: 'close-hours',
    periodMs: 5 * SECOND,
    run: async ({ sql, clock }) => {
      await closeHours(sql, clock);
    },
  },
  {
    name: 'stop-removed-lanes',
    periodMs: 5 * SECOND,
    run: async ({ sql }) => {
      await stopRemovedLanes(sql);
    },
  },
  {
    name: 'release-left-places',
    periodMs: MINUTE,
    run: async ({ sql, logger }) => {
      const released = await releaseLeftPlaces(sql);
      if (released > 0) logger.info({ released }, 'Gave places back that nothing is delivered to any more');
    },
  },
  {
    name: 'renew-segment-snapshots',
    periodMs: 5 * SECOND,
    run: async ({ logger, ...deps }) => {
      const { failed } = await renewSegmentSnapshots(deps);
      for (const { workspaceId, error: err } of failed)
        logger.error({ err, workspaceId }, 'A segment snapshot could not be written');
    },
  },
  {
    name: 'count-hours',
    periodMs: 5 * SECOND,
    run: async ({ sql }) => {
      await countHours(sql);
    },
  },
  {
    name: 'end-stuck-readers',
    periodMs: 30 * SECOND,
    run: async ({ sql, logger }) => {
      const ended = await endStuckReaders(sql);
      if (ended > 0) logger.warn({ ended }, 'Ended database sessions of frozen processes');
    },
  },
  {
    name: 'fold-latency',
    periodMs: 2 * SECOND,
    run: async ({ sql, logger }) => {
      for (const { routingId, error } of await foldLatency(sql)) {
        logger.error({ err: error, routingId }, 'The latency of a routing could not be folded');
      }
    },
  },
  {
    name: 'prune-latency',
    periodMs: MINUTE,
    run: async ({ sql }) => {
      await pruneLatency(sql);
    },
  },
  {
    name: 'watch-health',
    periodMs: 10 * SECOND,
    run: ({ sql, workerId }) => watchHealth(sql, workerId),
  },
  {
    name: 'watch-retention',
    periodMs: MINUTE,
    run: async ({ sql, logger, workerId }) => {
      const told = await watchRetention(sql, workerId);
      if (told > 0) logger.warn({ told }, 'Announced that undelivered data nears the end of its retention');
    },
  },
  {
    name: 'expire-lanes',
    periodMs: MINUTE,
    run: async ({ sql, logger, workerId }) => {
      const gaps = await expireLanes(sql, workerId);
      if (gaps > 0) logger.error({ gaps }, 'Recorded gaps: data was not delivered within its retention');
    },
  },
  {
    name: 'schedule-reconciliations',
    periodMs: MINUTE,
    run: async ({ sql }) => {
      await scheduleReconciliations(sql);
    },
  },
  {
    name: 'forget-reconciliations',
    periodMs: 60 * MINUTE,
    run: ({ sql }) => forgetReconciliations(sql),
  },
  {
    name: 'sweep-lanes',
    periodMs: MINUTE,
    run: async ({ sql, logger }) => {
      const repaired = await sweepLanes(sql);
      if (repaired.length > 0)
        logger.error({ repaired }, 'A started routing had no lane on one of its streams');
    },
  },
  {
    name: 'sweep-appends',
    periodMs: 5 * MINUTE,
    run: async ({ sql }) => {
      await sweepAppends(sql);
    },
  },
  {
    name: 'forget-processes',
    periodMs: 5 * MINUTE,
    run: ({ sql }) => forgetProcesses(sql),
  },
  {
    name: 'forget-rejected-events',
    periodMs: 60 * MINUTE,
    run: async ({ sql }) => {
      await forgetRejectedEvents(sql);
    },
  },
  {
    name: 'forget-probes',
    periodMs: 60 * MINUTE,
    run: ({ sql }) => forgetProbes(sql),
  },
  {
    name: 'forget-event-looks',
    periodMs: 20 * SECOND,
    run: async ({ sql }) => {
      await forgetEventLooks(sql);
    },
  },
  {
    name: 'forget-replays',
    periodMs: 60 * MINUTE,
    run: async ({ sql }) => {
      await forgetReplays(sql);
    },
  },
  {
    name: 'forget-notices',
    periodMs: 60 * MINUTE,
    run: async ({ sql }) => {
      await forgetNotices(sql);
    },
  },
  {
    name: 'delete-expired-sessions',
    periodMs: 5 * MINUTE,
    run: async ({ sql }) => {
      await deleteExpiredSessions(sql);
    },
  },
  {
    name: 'verify-audit',
    periodMs: 15 * MINUTE,
    run: async ({ sql, logger }) => {
      for (const { found, ...head } of await verifyDaily(sql)) {
        if (found.length > 0) logger.error({ head, found }, 'The audit is not as it was recorded');
        // Whoever keeps log lines elsewhere has in them what a chain written anew does not fit.
        else logger.info({ head }, 'Verified a chain of the audit');
      }
    },
  },
  {
    name: 'maintain-partitions',
    periodMs: 60 * MINUTE,
    run: async ({ sql, logger, workerId }) => {
      const report = await maintainLog(sql, workerId);
      logger.info({ report }, 'Maintained the partitions of the log');
    },
  },
];

/** For those who make workers die in each. */
export const CHORE_NAMES = CHORES.map(({ name }) => name);

/** What one worker at a time does every so often; each chore is idempotent and takes turns through the database. */
export function createHousekeeping(deps: HousekeepingDeps): Service[] {
  return CHORES.map(({ name, periodMs, run }) =>
    createPeriodic({
      name,
      periodMs: Math.min(periodMs, ASK_EVERY_MS),
      logger: deps.logger,
      run: async (signal) => {
        // A little less than the period, so that a process that is alone gets every turn in spite of its timer.
        const isMyTurn = await takeTurn(deps.sql, name, periodMs - TIMER_JITTER_MS);
        if (!isMyTurn || signal.aborted) return;
        const reach = (when: 'before' | 'sent' | 'after') => deps.crashPoints.reach(`chore.${name}.${when}`);
        reach('before');
        await afterSending(run(deps), () => reach('sent'));
        reach('after');
      },
    }),
  );
}
