import type { DataType } from '@/lib/domain/data-type';
import type { MemoryKeys, MemoryPlace } from './memory-state';

/** What makes a routing; without keys it waits for its customer to give them. */
export interface NewRouting {
  readonly workspaceId: string;
  readonly dataTypes: readonly DataType[];
  /** Every event when absent. */
  readonly eventNames?: readonly string[];
  readonly startFrom?: 'head' | 'earliest';
  readonly promiseSeconds?: number;
  readonly flushIntervalMs?: number;
  readonly retentionHours?: number;
  readonly place: MemoryPlace;
  readonly keys: MemoryKeys | null;
}

/** An edit; what is absent stays as it is. */
export interface RoutingEdit {
  readonly routingId: string;
  /** The version that the editor saw; the present one when absent. */
  readonly version?: number;
  readonly dataTypes?: readonly DataType[];
  readonly eventNames?: readonly string[];
  readonly promiseSeconds?: number;
  readonly flushIntervalMs?: number;
  readonly place?: Partial<MemoryPlace>;
  readonly keys?: MemoryKeys;
}
