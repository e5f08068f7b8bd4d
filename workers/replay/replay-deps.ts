import type { ReplayLedger } from '@/lib/services/replay/replay-ledger';
import type { DeliveryDeps } from '@/workers/delivery/delivery-deps';

/** Everything through which a replay touches the world: delivery's, and what replays record. */
export interface ReplayDeps extends DeliveryDeps {
  readonly replays: ReplayLedger;
}
