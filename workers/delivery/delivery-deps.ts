import type { LookAtLane } from '@/lib/domain/jobs/look-at-lane';
import type { Clock } from '@/lib/platform/clock';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { FileGzip } from '@/lib/platform/event-log/recompress';
import type { ObjectStore } from '@/lib/platform/object-store/object-store';
import type { Timers } from '@/lib/platform/timers';
import type { AttemptLengths } from '@/lib/services/delivery/attempt-lengths';
import type { DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import type { ProvenStores } from '@/lib/services/delivery/proven-stores';
import type { BudgetShare, ByteBudget } from '@/workers/runtime/byte-budget';
import type { CrashPoints } from './crash-points';
import type { AccessOpener } from './open-access';

/** Everything through which delivery touches the world; a simulation replaces all of it. */
export interface DeliveryDeps extends AccessOpener {
  readonly ledger: DeliveryLedger;
  readonly log: EventLog;
  readonly store: ObjectStore;
  readonly provenStores: ProvenStores;
  readonly attemptLengths: AttemptLengths;
  /** Asks for another look at a lane that has more to deliver, behind those who wait with the same share. */
  readonly wakeUp: (job: LookAtLane, share: BudgetShare) => Promise<void>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly gzip: FileGzip;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newFileId: () => string;
  readonly sha256Hex: (text: string) => string;
  readonly budget: ByteBudget;
  readonly crashPoints: CrashPoints;
  /** In file names and attempts: [a-z0-9]{1,16}. */
  readonly workerId: string;
}
