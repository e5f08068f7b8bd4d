import { createHash } from 'node:crypto';
import { keyHashInput, objectKey, partitionPath } from '@/lib/domain/delivery/object-key';
import type { ReleaseTarget } from '@/lib/domain/delivery/release-input';
import { AppError } from '@/lib/domain/errors';
import { mayBeWritten } from './attempt-verbs';
import { giveUpFiles, inFlightUntilMs, openFilesOf } from './give-up';
import { assertNewFiles, insertFile } from './insert-file';
import { type CutRow, type FileRow, type MemoryState, nextUuid, rowOf } from './memory-state';
import { lanesOf } from './open-lanes';
import { presentDestination, routingOf } from './routing-rows';

/** An open cut that stands still, with its undelivered files. */
export interface HeldCut {
  readonly cutId: number;
  readonly laneId: number;
  readonly generation: number;
  readonly heldCause: string | null;
  readonly inFlightUntilMs: number | null;
  readonly files: readonly { readonly id: string; readonly mayExist: boolean }[];
}

/** As lib/services/delivery/read-held-cuts: held, failing, or not running. */
export function readHeldCuts(state: MemoryState, routingId: string): HeldCut[] {
  return lanesOf(state, routingId).flatMap((lane): HeldCut[] => {
    const cut = state.openCuts.get(lane.id);
    const isStill = lane.heldCause !== null || lane.failures > 0 || !lane.running;
    const files = cut === undefined ? [] : openFilesOf(state, cut);
    if (cut === undefined || !isStill || files.length === 0) return [];
    return [
      {
        cutId: cut.id,
        laneId: lane.id,
        generation: cut.generation,
        heldCause: lane.heldCause,
        inFlightUntilMs: inFlightUntilMs(state, cut),
        files: files.map((file) => ({ id: file.id, mayExist: mayBeWritten(state, file) })),
      },
    ];
  });
}

export type ReleaseOutcome = 'released' | 'changed' | 'in_flight';

/** As delivery.release_cut_anyway, to the place of one of the routing's destination versions. */
export function releaseCutAnyway(
  state: MemoryState,
  given: {
    readonly cutId: number;
    readonly generation: number;
    readonly place: {
      readonly destinationVersion: number;
      readonly endpoint: string;
      readonly bucket: string;
    };
    readonly files: readonly { readonly fromId: string; readonly fileId: string; readonly key: string }[];
  },
): ReleaseOutcome {
  const cut = openCutOf(state, given);
  if (cut === null) return 'changed';
  if (inFlightUntilMs(state, cut) !== null) return 'in_flight';
  const open = openFilesOf(state, cut);
  const names = new Map(given.files.map((file) => [file.fromId, file]));
  if (open.length === 0 || given.files.length !== open.length || !open.every(({ id }) => names.has(id)))
    return 'changed';
  const { destinationVersion, endpoint, bucket } = given.place;
  const moved = open.flatMap((file): FileRow[] => {
    const name = names.get(file.id);
    if (name === undefined) return [];
    const place = { id: name.fileId, key: name.key, endpoint, bucket };
    return [{ ...file, ...place, generation: cut.generation + 1, state: 'sealed' }];
  });
  assertNewFiles(state, moved);
  for (const file of moved) insertFile(state, file);
  for (const file of open) file.state = 'released';
  cut.generation += 1;
  cut.destinationVersion = destinationVersion;
  cut.doubtAcceptedAtMs = state.nowMs();
  letGo(state, cut.laneId);
  return 'released';
}

/** As delivery.give_up_cut. */
export function giveUpCut(
  state: MemoryState,
  given: { readonly cutId: number; readonly generation: number; readonly reason: string },
): ReleaseOutcome {
  const cut = openCutOf(state, given);
  if (cut === null) return 'changed';
  if (inFlightUntilMs(state, cut) !== null) return 'in_flight';
  const files = openFilesOf(state, cut);
  if (files.length === 0) return 'changed';
  giveUpFiles(state, cut, { files, cause: 'released', reason: given.reason });
  letGo(state, cut.laneId);
  return 'released';
}

/** As lib/services/delivery/release-held-cut. Throws NOT_FOUND, PRECONDITION, CONFLICT. */
export function releaseHeldCut(
  state: MemoryState,
  given: { routingId: string; laneId: number; to: ReleaseTarget; reason: string },
): void {
  const routing = routingOf(state, given.routingId);
  const cut = readHeldCuts(state, routing.id).find(({ laneId }) => laneId === given.laneId);
  if (cut === undefined) throw new AppError('PRECONDITION', 'Nothing stands still there.');
  const outcome =
    given.to === 'gap'
      ? giveUpCut(state, { ...cut, reason: given.reason })
      : releaseCutAnyway(state, { ...cut, ...namesAt(state, routing.id, cut) });
  if (outcome === 'in_flight') throw new AppError('PRECONDITION', 'An upload may still be under way.');
  if (outcome === 'changed') throw new AppError('CONFLICT', 'This cut has moved on meanwhile.');
}

/** As lib/services/delivery/retry-held. Throws NOT_FOUND, PRECONDITION (nothing is held, nor waits). */
export function retryHeld(state: MemoryState, routingId: string, laneId: number | null): void {
  const lanes = lanesOf(state, routingOf(state, routingId).id).filter(
    (lane) =>
      (laneId === null || lane.id === laneId) &&
      lane.running &&
      (lane.heldCause !== null || (lane.notBeforeMs ?? 0) > state.nowMs()),
  );
  if (lanes.length === 0) throw new AppError('PRECONDITION', 'Nothing of this routing is held.');
  for (const lane of lanes)
    Object.assign(lane, { heldCause: null, notBeforeMs: null, failures: 0, epoch: lane.epoch + 1 });
}

function namesAt(state: MemoryState, routingId: string, held: HeldCut) {
  const { version, endpoint, bucket, prefix, credentialId } = presentDestination(
    state,
    routingOf(state, routingId),
  );
  if (credentialId === null) throw new AppError('PRECONDITION', 'The destination has no access keys yet.');
  const { streamId } = rowOf(state.lanes, held.laneId);
  const generation = held.generation + 1;
  const files = held.files.map(({ id: fromId }) => {
    const { type, hourMs, lo, hi } = rowOf(state.files, fromId);
    const partition = partitionPath(type, hourMs);
    const hashed = keyHashInput({ routingId, streamId, generation, lo, hi, partition });
    const sha256Hex = createHash('sha256').update(hashed).digest('hex');
    const named = { prefix, partition, sealedAtMs: state.nowMs(), sha256Hex, workerId: 'console' };
    return { fromId, fileId: nextUuid(state), key: objectKey(named) };
  });
  return { place: { destinationVersion: version, endpoint, bucket }, files };
}

function openCutOf(
  state: MemoryState,
  { cutId, generation }: { cutId: number; generation: number },
): CutRow | null {
  const cut = state.cuts.get(cutId);
  return cut?.state === 'sealed' && cut.generation === generation ? cut : null;
}

function letGo(state: MemoryState, laneId: number): void {
  const lane = rowOf(state.lanes, laneId);
  const free = { heldCause: null, notBeforeMs: null, failures: 0, leaseUntilMs: null };
  Object.assign(lane, free, { epoch: lane.epoch + 1 });
}
