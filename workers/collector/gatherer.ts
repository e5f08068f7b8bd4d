import type { Clock } from '@/lib/platform/clock';
import type { deflateChunk } from '@/lib/platform/event-log/compress';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import type { Timers } from '@/lib/platform/timers';
import { GROUP_RAW_BYTES_MAX } from './limits';
import { type Stored, storeUnits, type WaitingUnit } from './store-units';
import type { Unit } from './unit';

interface GathererDeps {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly newId: () => string;
  /** How long the first unit of a group waits for others. */
  readonly gatherMs: number;
  readonly groupBytesTarget: number;
  readonly appendsInFlightMax: number;
  readonly deflateLevel: number;
  /** Off the main thread when absent. */
  readonly deflate?: typeof deflateChunk;
}

/** Brings units of many requests together into few appends. */
export class Gatherer {
  private open: WaitingUnit[] = [];
  private openBytes = 0;
  private stopWaiting: (() => void) | null = null;
  private readonly closed: WaitingUnit[][] = [];
  private inFlight = 0;
  private hurried = false;

  constructor(private readonly deps: GathererDeps) {}

  /** Resolves once the log has the unit's lines on disk; rejects when it has none of them, or nobody knows. */
  store(unit: Unit): Promise<Stored> {
    return new Promise((resolve, reject) => {
      if (this.openBytes + unit.rawBytes > GROUP_RAW_BYTES_MAX) this.close();
      this.open.push({ unit, resolve, reject });
      this.openBytes += unit.rawBytes;
      if (this.hurried || this.openBytes >= this.deps.groupBytesTarget) this.close();
      else this.stopWaiting ??= this.deps.timers.after(this.deps.gatherMs, () => this.close());
    });
  }

  /** From now on nothing waits for company. */
  hurry(): void {
    this.hurried = true;
    this.close();
  }

  private close(): void {
    this.stopWaiting?.();
    this.stopWaiting = null;
    if (this.open.length === 0) return;
    this.closed.push(this.open);
    this.open = [];
    this.openBytes = 0;
    this.pump();
  }

  private pump(): void {
    while (this.inFlight < this.deps.appendsInFlightMax) {
      const group = this.closed.shift();
      if (group === undefined) return;
      void this.append(group);
    }
  }

  private async append(group: WaitingUnit[]): Promise<void> {
    this.inFlight += 1;
    try {
      await storeUnits(this.deps, group);
    } finally {
      this.inFlight -= 1;
      this.pump();
    }
  }
}
