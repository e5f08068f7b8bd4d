import type { LookAtLane } from '@/lib/domain/jobs/look-at-lane';
import type { Clock } from '@/lib/platform/clock';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { FileGzip } from '@/lib/platform/event-log/recompress';
import type { Logger } from '@/lib/platform/logger';
import type { ObjectStore, OpenedCredential } from '@/lib/platform/object-store/object-store';
import type { SealedCredentialRow } from '@/lib/platform/secret-box/sealed-credential';
import type { Timers } from '@/lib/platform/timers';
import type { DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import type { ProvenStores } from '@/lib/services/delivery/proven-stores';
import type { BudgetShare, ByteBudget } from '@/workers/runtime/byte-budget';
import type { CrashPoints } from './crash-points';

/** Everything through which delivery touches the world; a simulation replaces all of it. */
export interface DeliveryDeps {
  readonly ledger: DeliveryLedger;
  readonly log: EventLog;
  readonly store: ObjectStore;
  readonly provenStores: ProvenStores;
  /** Throws when the credential cannot be opened. */
  readonly openCredential: (row: SealedCredentialRow) => Promise<OpenedCredential>;
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
  readonly logger: Logger;
}
