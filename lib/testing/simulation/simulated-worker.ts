import type { LookAtLane } from '@/lib/domain/jobs/look-at-lane';
import { lookAtLane } from '@/workers/delivery/look-at-lane';
import { decideMarkers, writeMarkers } from '@/workers/markers/write-markers';
import { probeRound } from '@/workers/probe/probe-access';
import type { ReplayDeps } from '@/workers/replay/replay-deps';
import { runReplay } from '@/workers/replay/run-replay';
import type { BudgetShare } from '@/workers/runtime/byte-budget';
import { NetworkError } from './passages';
import { Crash, SimulatedProcess } from './simulated-process';
import { toReplayDeps, toWorkerDeps, type WorkerDeps } from './worker-deps';
import type { BesideWork, Worker, World } from './world-parts';

const SLOTS = { whole: 3, half: 2 } as const;
const BESIDE_SLOTS: Readonly<Record<BesideWork['kind'], number>> = {
  replay: 2,
  decide: 1,
  mark: 2,
  probe: 1,
};
const PROBES_PER_ROUND = 5;
const NEVER_STOPPED = new AbortController().signal;

/** A worker with the real code of delivery, replays, markers and probes over simulated connections. */
export class SimulatedWorker implements Worker {
  readonly process: SimulatedProcess;
  readonly #deps: WorkerDeps;
  readonly #replayDeps: ReplayDeps;
  readonly #busy = { whole: 0, half: 0, replay: 0, decide: 0, mark: 0, probe: 0 };
  readonly #lanes = new Map<number, number>();

  constructor(
    private readonly world: World,
    workerId: string,
  ) {
    this.process = new SimulatedProcess(world, workerId);
    this.#deps = toWorkerDeps(world, this.process);
    this.#replayDeps = toReplayDeps(world, this.process, this.#deps);
  }

  get isReachable(): boolean {
    return this.process.isAlive && this.process.frozenUntilMs <= this.world.scheduler.nowMs;
  }

  take(job: LookAtLane, share: BudgetShare): boolean {
    if (!this.isReachable || this.#busy[share] >= SLOTS[share]) return false;
    void this.#occupy(share, () => this.#lookAt(job, share));
    return true;
  }

  takeBeside(work: BesideWork): boolean {
    if (!this.isReachable || this.#busy[work.kind] >= BESIDE_SLOTS[work.kind]) return false;
    void this.#occupy(work.kind, () => this.#doBeside(work));
    return true;
  }

  async #lookAt(job: LookAtLane, share: BudgetShare): Promise<void> {
    const together = (this.#lanes.get(job.laneId) ?? 0) + 1;
    this.#lanes.set(job.laneId, together);
    if (together > 1) this.world.coverage.count('job.twice_in_one_worker');
    try {
      await lookAtLane(this.#deps, job, share);
    } finally {
      this.#lanes.set(job.laneId, (this.#lanes.get(job.laneId) ?? 1) - 1);
    }
  }

  async #doBeside(work: BesideWork): Promise<void> {
    switch (work.kind) {
      case 'replay':
        if (await runReplay(this.#replayDeps, { replayId: work.replayId }, NEVER_STOPPED)) work.again();
        return;
      case 'decide':
        return decideMarkers(this.#deps);
      case 'mark':
        return writeMarkers(this.#deps, NEVER_STOPPED);
      case 'probe':
        await probeRound(this.#deps, PROBES_PER_ROUND, NEVER_STOPPED);
    }
  }

  async #occupy(slot: BudgetShare | BesideWork['kind'], work: () => Promise<void>): Promise<void> {
    this.#busy[slot] += 1;
    try {
      await work();
    } catch (error) {
      // A job that throws is a job that failed: its claim was lost, or its process has died.
      if (!(error instanceof NetworkError || error instanceof Crash)) this.world.scheduler.fail(error);
    } finally {
      this.#busy[slot] -= 1;
    }
  }
}
