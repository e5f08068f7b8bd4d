import { createHash } from 'node:crypto';
import type { LookAtLane } from '@/lib/domain/jobs/look-at-lane';
import type { Logger } from '@/lib/platform/logger';
import type { OpenedCredential } from '@/lib/platform/object-store/object-store';
import { cacheOpened } from '@/workers/delivery/cached-opener';
import type { CrashPoint } from '@/workers/delivery/crash-points';
import type { DeliveryDeps } from '@/workers/delivery/delivery-deps';
import { lookAtLane } from '@/workers/delivery/look-at-lane';
import { type BudgetShare, ByteBudget } from '@/workers/runtime/byte-budget';
import { createLedgerClient } from './ledger-client';
import { createLogClient } from './log-client';
import { passPoint } from './pass-point';
import { drawPassage, NetworkError } from './passages';
import { Crash, SimulatedProcess } from './simulated-process';
import { createStoreClient } from './store-client';
import { SYNC_GZIP } from './sync-gzip';
import type { Worker, World } from './world-parts';

/** Small, so that bodies wait for each other. */
const BUDGET_BYTES = 48 * 1024;
const SLOTS = { whole: 3, half: 2 } as const;

/** A worker with the real delivery code over simulated connections. */
export class SimulatedWorker implements Worker {
  readonly process: SimulatedProcess;
  readonly #deps: DeliveryDeps;
  readonly #busy = { whole: 0, half: 0 };
  readonly #lanes = new Map<number, number>();

  constructor(
    private readonly world: World,
    workerId: string,
  ) {
    this.process = new SimulatedProcess(world, workerId);
    this.#deps = toDeps(world, this.process);
  }

  take(job: LookAtLane, share: BudgetShare): boolean {
    if (!this.process.isAlive || this.process.frozenUntilMs > this.world.scheduler.nowMs) return false;
    if (this.#busy[share] >= SLOTS[share]) return false;
    this.#busy[share] += 1;
    void this.#work(job, share);
    return true;
  }

  async #work(job: LookAtLane, share: BudgetShare): Promise<void> {
    const { coverage, scheduler } = this.world;
    const together = (this.#lanes.get(job.laneId) ?? 0) + 1;
    this.#lanes.set(job.laneId, together);
    if (together > 1) coverage.count('job.twice_in_one_worker');
    try {
      await lookAtLane(this.#deps, job, share);
    } catch (error) {
      // A job that throws is a job that failed: its claim was lost, or its process has died.
      if (!(error instanceof NetworkError || error instanceof Crash)) scheduler.fail(error);
    } finally {
      this.#busy[share] -= 1;
      this.#lanes.set(job.laneId, (this.#lanes.get(job.laneId) ?? 1) - 1);
    }
  }
}

function toDeps(world: World, process: SimulatedProcess): DeliveryDeps {
  const { prng } = world;
  const weather = () => world.weather();
  const reach = (point: CrashPoint) => passPoint(world, process, `point.${point}`);
  return {
    ledger: createLedgerClient({
      core: world,
      process,
      ledger: world.ledger,
      weather: () => weather().ledger,
      reach,
      onEffect: (call) => world.watch.onLedgerCall(call),
    }),
    log: createLogClient({
      core: world,
      process,
      log: world.log,
      weather: () => weather().log,
      reach: () => undefined,
    }),
    store: createStoreClient({
      core: world,
      process,
      server: world.buckets,
      reach,
      weather,
      isEvery412Ours: world.flaws.every412IsOurs ?? false,
      onPutBegins: (request, from) => world.watch.onPutBegins(request, from),
    }),
    openCredential: cacheOpened(async (row) => {
      if (world.unreadableCredentials.has(row.accessKeyIdSealed.toString()))
        throw new Error('It cannot be opened');
      const accessKeyId = row.accessKeyIdSealed.toString();
      return { accessKeyId, secretAccessKey: row.secretAccessKeySealed.toString() } as OpenedCredential;
    }),
    wakeUp: (job, share) => {
      reach('before_wake_up');
      const passage = drawPassage(world, weather().queue, 'queue.wakeUp');
      const sent = process.exchange('queue.wakeUp', passage, () => world.queue.publish(job, share, 'always'));
      reach('wake_up_sent');
      return sent.then(() => reach('after_wake_up'));
    },
    clock: process.clock,
    timers: process.timers,
    gzip: SYNC_GZIP,
    random: () => prng.next(),
    newFileId: () => world.newId('f'),
    sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
    budget: new ByteBudget(BUDGET_BYTES),
    crashPoints: { reach },
    workerId: process.name,
    logger: SILENT as Logger,
  };
}

const nothing = () => undefined;
const SILENT = { info: nothing, warn: nothing, error: nothing, debug: nothing } as unknown;
