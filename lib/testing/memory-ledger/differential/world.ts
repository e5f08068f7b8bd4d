import type { DataType } from '@/lib/domain/data-type';
import type { EndingMode } from '@/lib/domain/routing/ending-input';
import type { RoutingWish } from '@/lib/domain/routing/transition';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import type { DueLane } from '@/lib/services/delivery/dispatch-due-lanes';
import type { HeldCut } from '@/lib/testing/memory-ledger/held-cuts';
import type { MemoryLedger } from '@/lib/testing/memory-ledger/memory-ledger';
import type { MemoryKeys } from '@/lib/testing/memory-ledger/memory-state';
import type { NewRouting, RoutingEdit } from '@/lib/testing/memory-ledger/routing-input';
import type { BesideWorld } from './beside-world';
import type { WorldState } from './world-state';

export const CHORES = [
  'settleRoutings',
  'closeLostAttempts',
  'closeHours',
  'stopRemovedLanes',
  'sweepLanes',
  'expireLanes',
  'watchHealth',
] as const;
export type Chore = (typeof CHORES)[number];

/**
 * One workspace with its log and ledger. All ids, given and answered, are those of the memory's world, so that a step is
 * said once and two answers can be compared.
 */
export interface World {
  readonly ledger: DeliveryLedger;
  readonly log: EventLog;
  /** The present, as events are received and cuts are sealed in this world. */
  nowMs(): number;
  ensureStream(type: DataType): Promise<number>;
  /** Answers the id of the routing, which no two have the same `name`. */
  createRouting(name: string, routing: Omit<NewRouting, 'workspaceId'>): Promise<string>;
  changeState(routingId: string, wish: RoutingWish): Promise<void>;
  disableRouting(given: EndedRouting & { mode: EndingMode; drainMinutes?: number }): Promise<void>;
  archiveRouting(given: EndedRouting): Promise<void>;
  updateRouting(edit: Required<Omit<RoutingEdit, 'keys' | 'place'>> & FullPlace): Promise<void>;
  enterAccess(edit: { routingId: string; version: number; keys: MemoryKeys }): Promise<void>;
  /** What a passed check of the newest version does; false where it is in use already. */
  adoptNewest(routingId: string): Promise<boolean>;
  heldCuts(routingId: string): Promise<readonly HeldCut[]>;
  releaseCutAnyway(given: Parameters<MemoryLedger['releaseCutAnyway']>[0]): Promise<string>;
  giveUpCut(given: Parameters<MemoryLedger['giveUpCut']>[0]): Promise<string>;
  retryHeld(routingId: string, laneId: number | null): Promise<void>;
  /** How long a routing holds what it cannot deliver. */
  setRetention(routingId: string, hours: number): Promise<void>;
  dispatch(): Promise<DueLane[]>;
  /** How many rows it says it has moved, where it says so. */
  chore(chore: Chore): Promise<number | null>;
  /** What retention does to the chunks of a stream in front of this offset. */
  removeChunks(type: DataType, before: number): Promise<void>;
  /** Undelivered bytes of a lane that no test wants to append. */
  addBacklog(laneId: number, bytes: number): Promise<void>;
  letHoursPass(hours: number): Promise<void>;
  /** Replays, hour markers and access probes. */
  readonly beside: BesideWorld;
  readState(): Promise<WorldState>;
}

interface EndedRouting {
  readonly routingId: string;
  readonly reason: string;
}

interface FullPlace {
  readonly place: NewRouting['place'];
  readonly keys: MemoryKeys | null;
}
