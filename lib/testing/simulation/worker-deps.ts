import { createHash } from 'node:crypto';
import type { Logger } from '@/lib/platform/logger';
import type { ObjectStore, OpenedCredential } from '@/lib/platform/object-store/object-store';
import { cacheOpened } from '@/workers/delivery/cached-opener';
import type { WorkerCrashPoint } from '@/workers/delivery/crash-points';
import type { MarkerDeps } from '@/workers/markers/write-marker';
import type { ProbeDeps } from '@/workers/probe/probe-access';
import type { ReplayDeps } from '@/workers/replay/replay-deps';
import { ByteBudget } from '@/workers/runtime/byte-budget';
import { createLogClient } from './log-client';
import { passPoint } from './pass-point';
import { drawPassage } from './passages';
import type { SimulatedProcess } from './simulated-process';
import { createStatementClient, type StatementClientDeps } from './statement-client';
import { createStoreClient } from './store-client';
import { SYNC_GZIP } from './sync-gzip';
import type { World } from './world-parts';

export type WorkerDeps = MarkerDeps & ReplayDeps & ProbeDeps;

/** Small, so that bodies wait for each other. */
const BUDGET_BYTES = 48 * 1024;

/** Everything that a simulated worker's code touches, over simulated connections. */
export function toWorkerDeps(world: World, process: SimulatedProcess): WorkerDeps {
  const { prng } = world;
  const weather = () => world.weather();
  const reach = (point: WorkerCrashPoint) => passPoint(world, process, `point.${point}`);
  return {
    ...toLedgers(world, process, reach),
    log: createLogClient({
      core: world,
      process,
      log: world.log,
      weather: () => weather().log,
      reach: () => undefined,
    }),
    store: toStore(world, process, { reach }),
    provenStores: { isProven: async () => true, record: async () => undefined },
    attemptLengths: { note: async () => undefined, isOurs: async () => true },
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

/** With a flaw, replays have a way of their own to the buckets. */
export function toReplayDeps(world: World, process: SimulatedProcess, deps: WorkerDeps): ReplayDeps {
  if (world.flaws.replayOverwrites !== true) return deps;
  return { ...deps, store: toStore(world, process, { reach: () => undefined, overwrites: true }) };
}

function toStore(
  world: World,
  process: SimulatedProcess,
  way: { readonly reach: (point: WorkerCrashPoint) => void; readonly overwrites?: boolean },
): ObjectStore {
  return createStoreClient({
    ...way,
    core: world,
    process,
    server: world.buckets,
    weather: () => world.weather(),
    isEvery412Ours: world.flaws.every412IsOurs ?? false,
    onPutBegins: (request, from) => world.watch.onPutBegins(request, from),
  });
}

function toLedgers(
  world: World,
  process: SimulatedProcess,
  reach: (point: WorkerCrashPoint) => void,
): Pick<WorkerDeps, 'ledger' | 'replays' | 'markers' | 'probes'> {
  const client = <Ledger extends object>(
    given: Pick<StatementClientDeps<Ledger>, 'name' | 'ledger' | 'sentPoints' | 'onEffect'>,
  ) =>
    createStatementClient<Ledger>({
      ...given,
      core: world,
      process,
      weather: () => world.weather().ledger,
      reach,
    });
  const onEffect = () => world.watch.lookAtLanes();
  return {
    ledger: client<WorkerDeps['ledger']>({
      name: 'ledger',
      ledger: world.ledger,
      sentPoints: {
        sealCut: 'seal_sent',
        releaseCut: 'release_sent',
        markAttempt: 'mark_sent',
        finishFile: 'finish_sent',
        failFile: 'fail_sent',
        commitCut: 'commit_sent',
      },
      onEffect: (call) => world.watch.onLedgerCall(call),
    }),
    replays: client<WorkerDeps['replays']>({
      name: 'replays',
      ledger: world.ledger.replays,
      sentPoints: {
        markFile: 'replay_mark_sent',
        settleFile: 'replay_settle_sent',
        backOff: 'replay_back_off_sent',
        finishReplay: 'replay_finish_sent',
      },
      onEffect,
    }),
    markers: client<WorkerDeps['markers']>({
      name: 'markers',
      ledger: world.ledger.markers,
      sentPoints: { decideMarkers: 'marker_decide_sent', endMarker: 'marker_end_sent' },
      onEffect,
    }),
    probes: client<WorkerDeps['probes']>({
      name: 'probes',
      ledger: world.ledger.probes,
      sentPoints: { record: 'probe_record_sent' },
      onEffect,
    }),
  };
}

const nothing = () => undefined;
const SILENT = { info: nothing, warn: nothing, error: nothing, debug: nothing } as unknown;
