import type { FaultInput, FaultStatus } from '@/dev/s3-stand-in/control/faults';
import type { CrashPoint } from '@/workers/delivery/crash-points';
import type { CrashSite } from './crash-site';
import type { TestObjectStore } from './object-store';
import { waitUntil } from './wait-until';

const WAIT_MS = 90_000;

/** What makes a worker come past a point; done again and again until one has died there. */
export type Provocation = (isOver: () => boolean) => Promise<void>;

/** `name` begins the ids of the lines that come in meanwhile. */
export function provocationOf(
  point: CrashPoint,
  { site, store, name }: { site: CrashSite; store: TestObjectStore; name: string },
): Provocation {
  const feed = () => site.feed(name);
  const strikeAnd = (effect: FaultInput['effect']) => async () => {
    if (faultsOf(site, store).every(isSpent)) {
      store.control.faults.add({
        match: { operation: 'PutObject', prefix: site.routing.prefix },
        effect,
      });
    }
    await feed();
  };
  switch (point) {
    // A cut whose PUT failed stays open: its next look is a recovery.
    case 'in_recovery':
    case 'fail_sent':
      return strikeAnd({ kind: 'answer', status: 503, code: 'SlowDown' });
    // Applied, but the worker never hears of it: its next PUT finds the object and looks whose it is.
    case 'after_head':
      return strikeAnd({ kind: 'drop', applied: true });
    case 'before_release':
    case 'release_sent':
    case 'after_release':
      return (isOver) => moveRefused({ site, store, feed, isOver });
    default:
      return feed;
  }
}

/** Ends what provocations have done to S3. */
export function endProvocation(site: CrashSite, store: TestObjectStore): void {
  for (const { faultId } of faultsOf(site, store)) store.control.faults.clear(faultId);
}

function faultsOf(site: CrashSite, store: TestObjectStore): FaultStatus[] {
  return store.control.faults.list().filter(({ match }) => match.prefix === site.routing.prefix);
}

function isSpent({ times, hits }: FaultStatus): boolean {
  return times !== null && hits >= times;
}

/** Everything under the present folder is refused; the open cut may move to the next one. */
async function moveRefused({
  site,
  store,
  feed,
  isOver,
}: {
  site: CrashSite;
  store: TestObjectStore;
  feed: () => Promise<void>;
  isOver: () => boolean;
}): Promise<void> {
  const { faultId } = store.control.faults.add({
    match: { operation: 'PutObject', prefix: site.routing.prefix },
    effect: { kind: 'answer', status: 403, code: 'AccessDenied' },
    times: null,
  });
  try {
    await feed();
    const isRefused = async () => {
      const lane = await site.watch.lane();
      return isOver() || (lane.failures > 0 && lane.next > lane.done && !lane.is_leased);
    };
    await waitUntil('S3 has refused a file', isRefused, WAIT_MS);
    if (!isOver()) await site.movePrefix();
  } finally {
    store.control.faults.clear(faultId);
  }
  const isMoved = async () => {
    await site.endBackOffs();
    return isOver() || !(await site.hasOpenCut());
  };
  await waitUntil('the refused cut is somewhere else', isMoved, WAIT_MS);
}
