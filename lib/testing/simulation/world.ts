import type { EventLog } from '@/lib/platform/event-log/event-log';
import { MemoryEventLog } from '@/lib/testing/memory-event-log';
import { MemoryLedger } from '@/lib/testing/memory-ledger/memory-ledger';
import { wrapEventLog } from '@/lib/testing/wrapped-event-log';
import { BucketServer } from './bucket-server';
import { Coverage } from './coverage';
import { breakLedger, type Flaws } from './flaws';
import { AWAY, CALM } from './passages';
import { Prng } from './prng';
import { drawProfile, type Profile } from './profile';
import { Scheduler } from './scheduler';
import { SimulatedCollector } from './simulated-collector';
import type { SimulatedProcess } from './simulated-process';
import { SimulatedQueue } from './simulated-queue';
import { SimulatedWorker } from './simulated-worker';
import { Watch } from './watch';
import type { World } from './world-parts';

export interface WorldOptions {
  readonly seed: number;
  /** Replaces parts of the profile that the seed draws. */
  readonly profile?: Partial<Profile>;
  readonly flaws?: Partial<Flaws>;
  readonly tell?: (atMs: number, text: string) => void;
}

const RESTART_MAX_MS = 8_000;

/** Everything there is in one run: the log, the ledger, the buckets, the queue, and the processes between them. */
export class SimulatedWorld implements World {
  readonly prng: Prng;
  readonly scheduler: Scheduler;
  readonly coverage = new Coverage();
  readonly profile: Profile;
  readonly flaws: Partial<Flaws>;
  readonly log: MemoryEventLog;
  readonly storedLog: EventLog;
  readonly ledger: MemoryLedger;
  readonly buckets: BucketServer;
  readonly queue: SimulatedQueue;
  readonly watch: Watch;
  readonly unreadableCredentials = new Set<string>();
  readonly outages = new Set<'ledger' | 'log' | 'queue'>();
  workers: SimulatedWorker[] = [];
  collectors: SimulatedCollector[] = [];
  isStorm = true;
  isQuiet = false;
  readonly #calm: Profile;
  readonly #uneasy: Profile;
  #ids = 0;

  constructor({ seed, profile, flaws, tell }: WorldOptions) {
    this.prng = new Prng(seed);
    this.flaws = flaws ?? {};
    this.profile = { ...drawProfile(this.prng), ...profile };
    const none = { storeFaults: 0, headFaults: 0, crashAtPoint: 0, freezeAtPoint: 0 };
    this.#calm = { ...this.profile, ...none, ledger: CALM, log: CALM, queue: CALM, clients: CALM };
    const { crashAtPoint, freezeAtPoint, ledger } = this.profile;
    this.#uneasy = { ...this.#calm, crashAtPoint, freezeAtPoint, ledger };
    this.scheduler = new Scheduler(this.profile.startMs, tell ?? null);
    const nowMs = () => this.scheduler.nowMs;
    this.log = new MemoryEventLog({ nowMs });
    this.ledger = breakLedger(new MemoryLedger({ nowMs, log: this.log }), this.flaws, nowMs);
    this.buckets = new BucketServer(this, { ignoresCondition: flaws?.storeIgnoresCondition ?? false });
    this.watch = new Watch(this);
    this.storedLog = wrapEventLog(this.log, async (request, inner) => {
      const result = await inner.append(request);
      if (result.kind === 'stored') this.watch.onStored(request, result.offsets);
      return result;
    });
    this.queue = new SimulatedQueue(
      this,
      () => this.workers,
      () => this.weather().queue,
    );
    for (let count = 0; count < this.profile.workers; count += 1) this.addWorker();
    for (let count = 0; count < this.profile.collectors; count += 1) this.addCollector();
  }

  weather(): Profile {
    const weather = this.isStorm ? this.profile : this.isQuiet ? this.#uneasy : this.#calm;
    if (this.outages.size === 0) return weather;
    return { ...weather, ...Object.fromEntries([...this.outages].map((name) => [name, AWAY])) };
  }

  newId(kind: string): string {
    this.#ids += 1;
    return `${kind}-${this.#ids}`;
  }

  kill(process: SimulatedProcess): void {
    if (!process.isAlive) return;
    process.crash();
    const isWorker = this.workers.some((worker) => worker.process === process);
    this.workers = this.workers.filter((worker) => worker.process !== process);
    this.collectors = this.collectors.filter((collector) => collector.process !== process);
    this.scheduler.after(this.prng.below(RESTART_MAX_MS), 'a process starts anew', () => {
      this.coverage.count('process.restarted');
      if (isWorker) this.addWorker();
      else this.addCollector();
    });
  }

  addWorker(): void {
    this.#ids += 1;
    this.workers.push(new SimulatedWorker(this, `w${this.#ids}`));
  }

  addCollector(): void {
    this.#ids += 1;
    this.collectors.push(new SimulatedCollector(this, `c${this.#ids}`));
  }
}
