import { createPeriodic } from '@/workers/runtime/periodic';
import type { Service } from '@/workers/runtime/service';
import type { NoticeDeps } from './notice-deps';
import { sendRound } from './send-round';

const PERIOD_MS = 1_000;
const NOTICES_PER_ROUND = 10;
/** Longer than a try takes at most: 20 s for a mail, 15 s for a webhook. */
export const NOTICE_LEASE_MS = 60_000;

/** Sends what waits in the outbox; every worker takes its share. */
export function createNoticeService(deps: NoticeDeps): Service {
  return createPeriodic({
    name: 'send-notices',
    periodMs: PERIOD_MS,
    logger: deps.logger,
    run: async () => {
      await sendRound(deps, NOTICES_PER_ROUND);
    },
  });
}
