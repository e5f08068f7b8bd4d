import type { ObjectStore } from '@/lib/platform/object-store/object-store';
import type { Sql } from '@/lib/platform/sql';
import type { DeliveryDeps } from '@/workers/delivery/delivery-deps';

/** Everything through which a reconciliation touches the world: it only reads in the bucket. */
export interface ReconciliationDeps
  extends Pick<DeliveryDeps, 'ledger' | 'openCredential' | 'roleSessions' | 'logger' | 'random' | 'clock'> {
  readonly sql: Sql;
  readonly store: Pick<ObjectStore, 'list' | 'head'>;
  /** How long a worker has a reconciliation to itself after its last page. */
  readonly leaseMs: number;
}
