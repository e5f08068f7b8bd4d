import { classifyFault } from '@/lib/domain/delivery/classify-fault';
import type {
  ObjectHead,
  ObjectStore,
  PutRequest,
  StoreAnswer,
} from '@/lib/platform/object-store/object-store';
import { type BucketServer, storeError } from './bucket-server';
import type { Core, Passage, SimulatedProcess } from './simulated-process';
import { STORE_FAULTS, type StoreFaultKind } from './store-faults';

interface StoreClientDeps {
  readonly core: Core;
  readonly process: SimulatedProcess;
  readonly server: BucketServer;
  readonly reach: (point: 'during_put') => void;
  /** Broken on purpose: a 412 passes for success. */
  readonly isEvery412Ours: boolean;
  /** Broken on purpose: it finds nothing and writes over what is there. */
  readonly overwrites?: boolean;
  /** Told when a PUT begins: the moment after which nobody can call it back. */
  readonly onPutBegins: (request: PutRequest, process: SimulatedProcess) => void;
  /** Shares of calls that go wrong; change as the storm does. */
  readonly weather: () => { readonly storeFaults: number; readonly headFaults: number };
}

const HOLD_SHARE = 0.1;
/** A PUT that its sender gave up may still be written until the ledger calls it lost. */
const LATE_MAX_MS = 4_000;

/** One process's way to the buckets: never throws, and always answers by its deadline. */
export function createStoreClient(deps: StoreClientDeps): ObjectStore {
  const { core, process, server } = deps;
  return {
    putIfAbsent: (request) => put(deps, request),
    head: (place, access, deadlineMs) =>
      ask(
        core,
        process,
        { label: 'head', fault: drawFault(core, deps.weather().headFaults), deadlineMs },
        () => (deps.overwrites === true ? storeError(404, 'NotFound') : server.head(place, access)),
      ) as Promise<StoreAnswer<ObjectHead>>,
    list: () => Promise.reject(new Error('The simulation lists no buckets yet')),
    remove: (place, access, deadlineMs) =>
      ask(
        core,
        process,
        { label: 'remove', fault: drawFault(core, deps.weather().headFaults), deadlineMs },
        () => server.remove(place, access),
      ),
    close: () => undefined,
  };
}

async function put(deps: StoreClientDeps, request: PutRequest): Promise<StoreAnswer<{ etag: string }>> {
  const { core, process, server } = deps;
  const { deadlineMs } = request;
  const fault = drawFault(core, deps.weather().storeFaults);
  if (fault !== null) {
    core.coverage.count(`fault.put.${fault.code}${fault.httpStatus ?? ''}`);
    core.coverage.count(`fault.class.${classifyFault(fault).kind}`);
  }
  const begins = process.exchange('put begins', { effectAfterMs: 0, answerAfterMs: 0, lostAs: null }, () =>
    deps.onPutBegins(request, process),
  );
  const label = `put ${request.metadata['sluice-file'] ?? request.place.key}`;
  const answered = ask(core, process, { label, fault, deadlineMs }, () =>
    server.put(request, deps.overwrites),
  );
  deps.reach('during_put');
  await begins;
  const answer = await answered;
  const isTaken = answer.kind === 'error' && answer.httpStatus === 412;
  if (!isTaken || !deps.isEvery412Ours) return answer;
  return { kind: 'ok', value: { etag: '"?"' }, httpStatus: 200, requestId: null };
}

function drawFault({ prng }: Core, share: number): StoreFaultKind | null {
  if (!prng.chance(share)) return null;
  const fault = prng.pick(STORE_FAULTS);
  // What holds a lane until a person comes ends most runs early: it is drawn rarely.
  return fault.holds && !prng.chance(HOLD_SHARE) ? null : fault;
}

interface Question {
  readonly label: string;
  readonly fault: StoreFaultKind | null;
  readonly deadlineMs: number;
}

async function ask<T>(
  core: Core,
  process: SimulatedProcess,
  { label, fault, deadlineMs }: Question,
  effect: () => StoreAnswer<T>,
): Promise<StoreAnswer<T>> {
  const { prng, coverage } = core;
  const travelMs = () => 1 + prng.below(prng.chance(0.1) ? 5_000 : 60);
  if (fault === null) {
    const passage = { effectAfterMs: travelMs(), answerAfterMs: 0, lostAs: null };
    return process.exchange(label, { ...passage, answerAfterMs: passage.effectAfterMs + travelMs() }, effect);
  }
  coverage.count(`fault.${label.split(' ')[0]}.answered`);
  const answer = storeError(fault.httpStatus, fault.code);
  const passage = passageOf(core, fault, { travelMs, deadlineMs });
  if (passage.effectAfterMs !== null) coverage.count(`fault.${label.split(' ')[0]}.applied`);
  try {
    return await process.exchange(label, passage, effect);
  } catch (error) {
    if (error === passage.lostAs) return answer;
    throw error;
  }
}

/** A fault as it travels: with or without the write, before or after its sender has given up. */
function passageOf(
  { prng, coverage }: Core,
  fault: StoreFaultKind,
  { travelMs, deadlineMs }: { travelMs: () => number; deadlineMs: number },
): Passage {
  const isTimeout = fault.code === 'TimeoutError';
  const answerAfterMs = isTimeout ? deadlineMs : travelMs() + travelMs();
  const lostAs = new Error(fault.code);
  if (!fault.mayApply || !prng.chance(fault.code === 'MissingETag' ? 1 : 0.5)) {
    return { effectAfterMs: null, answerAfterMs, lostAs };
  }
  const isLate = prng.chance(0.3);
  if (isLate) coverage.count('fault.put.written_late');
  const effectAfterMs = isLate ? answerAfterMs + prng.below(LATE_MAX_MS) : prng.below(answerAfterMs);
  return { effectAfterMs, answerAfterMs, lostAs };
}
