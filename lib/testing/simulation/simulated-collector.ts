import type { DataType } from '@/lib/domain/data-type';
import type { EventLog } from '@/lib/platform/event-log/event-log';
import { answerOnce } from '@/workers/collector/answer-once';
import { Gatherer } from '@/workers/collector/gatherer';
import { KeysInFlight } from '@/workers/collector/idempotency';
import type { Answer } from '@/workers/collector/prepared';
import { storeRequest } from '@/workers/collector/store-request';
import { StreamIds } from '@/workers/collector/stream-ids';
import { createLogClient } from './log-client';
import { passPoint } from './pass-point';
import { drawPassage } from './passages';
import type { ProducedRequest } from './produced-request';
import { SimulatedProcess } from './simulated-process';
import { syncDeflate } from './sync-gzip';
import type { Collector, World } from './world-parts';

/** A collector from where a request has been read: the real gathering, storing and answering over a simulated log. */
export class SimulatedCollector implements Collector {
  readonly process: SimulatedProcess;
  readonly log: EventLog;
  readonly #gatherer: Gatherer;
  readonly #keysInFlight = new KeysInFlight();
  readonly #streams: StreamIds;

  constructor(
    private readonly world: World,
    name: string,
  ) {
    const process = new SimulatedProcess(world, name);
    this.process = process;
    this.log = createLogClient({
      core: world,
      process,
      log: world.storedLog,
      weather: () => world.weather().log,
      reach: (point) => passPoint(world, process, `collector.${point}`),
    });
    this.#gatherer = new Gatherer({
      log: this.log,
      clock: process.clock,
      timers: process.timers,
      newId: () => world.newId('a'),
      gatherMs: world.prng.between(0, 200),
      groupBytesTarget: world.prng.pick(world.profile.hasLongLines ? [20_000, 60_000] : [300, 2_000]),
      appendsInFlightMax: world.prng.between(1, 4),
      deflateLevel: 1,
      deflate: syncDeflate,
    });
    this.#streams = new StreamIds(({ workspaceId, type }) => this.#ensureStream(workspaceId, type));
  }

  handle(request: ProducedRequest): Promise<Answer> {
    const { workspaceId, keyed } = request;
    const prepared = request.prepare(this.process.clock.nowMs());
    const owner = { organizationId: 'organization', workspaceId };
    const deps = {
      log: this.log,
      gatherer: this.#gatherer,
      keysInFlight: this.#keysInFlight,
      streamOf: (type: DataType) => this.#streams.of(owner, type),
    };
    return answerOnce(deps, keyed, () => storeRequest(deps, { workspaceId, prepared, keyed }));
  }

  streamOf(workspaceId: string, type: DataType): Promise<number> {
    return this.#streams.of({ organizationId: 'organization', workspaceId }, type);
  }

  #ensureStream(workspaceId: string, type: DataType): Promise<number> {
    const { world, process } = this;
    const passage = drawPassage(world, world.weather().ledger, 'ledger.ensureStream');
    return process.exchange('ensureStream', passage, () => world.ledger.ensureStream(workspaceId, type));
  }
}
