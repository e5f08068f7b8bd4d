import type { DataType } from '@/lib/domain/data-type';
import type { LookAtLane } from '@/lib/domain/jobs/look-at-lane';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { PutRequest } from '@/lib/platform/object-store/object-store';
import type { DeliveryLedger } from '@/lib/services/delivery/delivery-ledger';
import type { MemoryEventLog } from '@/lib/testing/memory-event-log';
import type { MemoryLedger } from '@/lib/testing/memory-ledger/memory-ledger';
import type { Answer } from '@/workers/collector/prepared';
import type { BudgetShare } from '@/workers/runtime/byte-budget';
import type { BucketServer } from './bucket-server';
import type { Flaws } from './flaws';
import type { ProducedRequest } from './produced-request';
import type { Profile } from './profile';
import type { Core, SimulatedProcess } from './simulated-process';

/** A chunk as it was stored, whatever becomes of it in the log. */
export interface StoredChunk {
  readonly streamId: number;
  readonly offset: number;
  readonly hourMs: number;
  readonly rows: number;
  readonly snapshotEnd: boolean;
  readonly receivedMinMs: number;
  readonly body: Buffer;
}

export interface LedgerCall {
  readonly verb: keyof DeliveryLedger;
  readonly request: unknown;
  readonly result: unknown;
}

/** Looks on at every step, and remembers what the judgement needs. */
export interface Onlooker {
  /** By stream, in the order of offsets. */
  readonly chunks: ReadonlyMap<number, readonly StoredChunk[]>;
  /** Chunks whose stored bytes were damaged, as `stream/offset`. */
  readonly damaged: Set<string>;
  /** Chunks that retention took, as `stream/offset`. */
  readonly removed: Set<string>;
  onLedgerCall(call: LedgerCall): void;
  onPutBegins(request: PutRequest, process: SimulatedProcess): void;
  /** Paused, or ended with nothing to deliver. */
  onPaused(routingId: string): void;
  /** Its keys are destroyed. */
  onArchived(routingId: string): void;
  onResumed(routingId: string): void;
  lookAtLanes(): void;
  /** What is shown of freshness is never better than the truth. */
  lookAtFreshness(): void;
}

/** What a worker does beside delivery. */
export type BesideWork =
  /** `again`: there may be more to do. */
  | { readonly kind: 'replay'; readonly replayId: string; readonly again: () => void }
  | { readonly kind: 'decide' | 'mark' | 'probe' };

export interface Worker {
  readonly process: SimulatedProcess;
  /** It lives and is not frozen. */
  readonly isReachable: boolean;
  takeBeside(work: BesideWork): boolean;
  /** Takes a job if it has a slot free. */
  take(job: LookAtLane, share: BudgetShare): boolean;
}

export interface Collector {
  readonly process: SimulatedProcess;
  readonly log: EventLog;
  /** Answers as the collection API does from a request's body on; throws what maps to an error answer. */
  handle(request: ProducedRequest): Promise<Answer>;
  streamOf(workspaceId: string, type: DataType): Promise<number>;
}

/** Everything there is in one run, as its parts see it. */
export interface World extends Core {
  readonly profile: Profile;
  readonly flaws: Partial<Flaws>;
  readonly log: MemoryEventLog;
  /** The same log for those who append: what is stored is noted. */
  readonly storedLog: EventLog;
  readonly ledger: MemoryLedger;
  readonly buckets: BucketServer;
  readonly queue: { publish(job: LookAtLane, share: BudgetShare, mode: 'fold' | 'always'): void };
  readonly watch: Onlooker;
  readonly unreadableCredentials: Set<string>;
  /** What nobody reaches at the moment. */
  readonly outages: Set<'ledger' | 'log' | 'queue'>;
  readonly workers: readonly Worker[];
  readonly collectors: readonly Collector[];
  isStorm: boolean;
  /** Everything is done, and an hour passes in which nobody sends anything. */
  isQuiet: boolean;
  /** How much goes wrong at the moment: as the profile says during the storm, nothing afterwards. */
  weather(): Profile;
  newId(kind: string): string;
  /** The process is gone for good; another one takes its place after a while. */
  kill(process: SimulatedProcess): void;
}
