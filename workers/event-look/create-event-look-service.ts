import type { StartReader } from '@/lib/platform/object-store/start-reader';
import type { Sql } from '@/lib/platform/sql';
import { claimEventLooks } from '@/lib/services/event-look/claim';
import { settleEventLook } from '@/lib/services/event-look/settle';
import { createPeriodic } from '@/workers/runtime/periodic';
import type { Service } from '@/workers/runtime/service';
import { type LookDeps, lookIntoFile } from './look-into-file';

/** Somebody sits in front of the answer. */
const PERIOD_MS = 400;
const AT_ONCE = 4;
/** Longer than opening the access and reading take with every call at its deadline. */
const LEASE_MS = 40_000;

/** Answers those who want to see the first lines of a file. */
export function createEventLookService(
  deps: LookDeps & { readonly sql: Sql; readonly reader: StartReader },
): Service {
  const periodic = createPeriodic({
    name: 'event-look',
    periodMs: PERIOD_MS,
    logger: deps.logger,
    run: () => lookRound(deps),
  });
  return {
    ...periodic,
    stop: async (deadlineMs) => {
      await periodic.stop(deadlineMs);
      deps.reader.close();
    },
  };
}

/** One round; returns when every look it took is answered. */
export async function lookRound(deps: LookDeps & { readonly sql: Sql }): Promise<void> {
  const { sql, logger } = deps;
  const looks = await claimEventLooks(sql, { atOnce: AT_ONCE, leaseMs: LEASE_MS });
  await Promise.all(
    looks.map(async (look) => {
      try {
        await settleEventLook(sql, look.id, await lookIntoFile(deps, look));
      } catch (err) {
        logger.error({ err, lookId: look.id, routingId: look.routingId }, 'A look into a file broke off');
      }
    }),
  );
}
