import type { ProbeDecision } from '@/lib/domain/probe/decide-probe';
import type { ClaimedReplayFile } from '@/lib/services/replay/replay-ledger';
import { lastOrAny, type Step, someMs, stepOf, type Walk } from './step';

const HOUR_MS = 3_600_000;
const STATES = ['present', 'missing', 'restored', 'copied', 'conflict', 'failed', 'not_kept'] as const;
const REFUSED = { httpStatus: 403, code: 'AccessDenied', requestId: null, message: 'no' };

export function startReplayStep({ prng, memory }: Walk): Step | null {
  const routings = memory.ledger.routings();
  if (routings.length === 0) return null;
  const toMs = (Math.floor(memory.nowMs() / HOUR_MS) + prng.between(0, 1)) * HOUR_MS;
  const replay = {
    routingId: prng.pick(routings).id,
    mode: prng.pick(['fill', 'fill', 'copy', 'copy', 'look'] as const),
    types: prng.pick([['events'], ['events', 'sync_aliases']] as const),
    ...{ fromMs: toMs - prng.between(1, 30) * HOUR_MS, toMs },
  };
  return stepOf('startReplay', replay, (world) => world.beside.startReplay(replay));
}

export function cancelReplayStep({ prng, memory }: Walk): Step | null {
  const replays = memory.ledger.replayRows();
  if (replays.length === 0) return null;
  const { id } = prng.pick(replays);
  return stepOf('cancelReplay', id, (world) => world.beside.cancelReplay(id));
}

export function listReplaysStep(): Step {
  return stepOf('listDueReplays', null, async (world) => (await world.beside.replays.listDue(10)).sort());
}

export function claimReplayStep(walk: Walk): Step | null {
  const replayId = someReplay(walk);
  if (replayId === null) return null;
  const leaseMs = someMs(walk);
  const { memory, replayClaims } = walk;
  return stepOf('claimReplayFile', [replayId, leaseMs], async (world) => {
    const claimed = await world.beside.replays.claimFile(replayId, leaseMs);
    if (world === memory && claimed !== null) replayClaims.push(claimed);
    return claimed;
  });
}

export function renewReplayStep(walk: Walk): Step | null {
  const claim = lastOrAny(walk, walk.replayClaims);
  if (claim === undefined) return null;
  const ms = someMs(walk);
  return stepOf('renewReplay', [about(claim), ms], (world) => world.beside.replays.renewLease(claim, ms));
}

export function markReplayStep(walk: Walk): Step | null {
  const claim = lastOrAny(walk, walk.replayClaims);
  if (claim === undefined) return null;
  const mark = { deadlineMs: someMs(walk), wasMissing: walk.prng.chance(0.5) };
  return stepOf('markReplayFile', [about(claim), mark], (world) =>
    world.beside.replays.markFile(claim, mark),
  );
}

export function settleReplayStep(walk: Walk): Step | null {
  const claim = lastOrAny(walk, walk.replayClaims);
  if (claim === undefined) return null;
  const state = walk.prng.pick(STATES);
  return stepOf('settleReplayFile', [about(claim), state], (world) =>
    world.beside.replays.settleFile(claim, state, { ...REFUSED, cause: 'conflict' }),
  );
}

export function backOffReplayStep(walk: Walk): Step | null {
  const { prng } = walk;
  const claim = lastOrAny(walk, walk.replayClaims);
  if (claim === undefined) return null;
  const wait = { cause: 'access_denied', backOffMs: someMs(walk), isDenial: prng.chance(0.6) };
  return stepOf('backOffReplay', [about(claim), wait], (world) =>
    world.beside.replays.backOff(claim, wait, REFUSED),
  );
}

export function finishReplayStep(walk: Walk): Step | null {
  const replayId = someReplay(walk);
  if (replayId === null) return null;
  return stepOf('finishReplay', replayId, (world) => world.beside.replays.finishReplay(replayId));
}

export function wantMarkersStep({ prng, memory }: Walk): Step | null {
  const routings = memory.ledger.routings();
  if (routings.length === 0) return null;
  const { id } = prng.pick(routings);
  const isWanted = prng.chance(0.85);
  return stepOf('wantMarkers', [id, isWanted], (world) => world.beside.wantMarkers(id, isWanted));
}

export function decideMarkersStep(): Step {
  return stepOf('decideMarkers', null, (world) => world.beside.decideMarkers());
}

/** Only where one is next without doubt: of equals each world takes any. */
export function claimMarkerStep(walk: Walk): Step | null {
  const [first, second] = walk.memory.ledger.claimableMarkers();
  if (first !== undefined && first.failures === second?.failures && first.hourMs === second.hourMs)
    return null;
  const ms = someMs(walk);
  return stepOf('claimMarker', ms, (world) => world.beside.claimMarker(ms));
}

export function endMarkerStep(walk: Walk): Step | null {
  const { prng, memory } = walk;
  const markers = memory.ledger.markerRows().filter(({ key }) => key !== '');
  if (markers.length === 0) return null;
  const { bucket, key } = prng.pick(markers);
  const state = prng.pick(['written', 'written', 'conflict', null] as const);
  const end = { ...REFUSED, state, cause: null, backOffMs: someMs(walk) };
  return stepOf('endMarker', [bucket, key, state], (world) =>
    world.beside.endMarker(`${bucket} ${key}`, end),
  );
}

export function claimProbesStep({ memory, probeClaims }: Walk): Step {
  return stepOf('claimProbes', null, async (world) => {
    const claimed = await world.beside.claimProbes(10);
    if (world === memory) probeClaims.push(...claimed);
    return claimed;
  });
}

export function recordProbeStep(walk: Walk): Step | null {
  const { prng } = walk;
  const probe = lastOrAny(walk, walk.probeClaims);
  if (probe === undefined) return null;
  const cause = prng.pick(['access_denied', 'access_denied_unconfirmed', 'access_key_unknown']);
  const kind = prng.pick(['proven', 'refused', 'refused', 'unclear'] as const);
  const decision: ProbeDecision = {
    kind,
    ...{ outcome: kind === 'proven' ? 'done' : 'refused', cause: kind === 'refused' ? cause : null },
    ...{ isCertain: cause !== 'access_denied_unconfirmed', isVersioned: prng.chance(0.1) },
    dueInMs: someMs(walk),
  };
  const ended = { decision, ...REFUSED, leftKey: prng.pick([null, 'left']) };
  return stepOf('recordProbe', [probe.routingId, decision], (world) =>
    world.beside.recordProbe(probe, ended),
  );
}

function someReplay({ prng, memory }: Walk): string | null {
  const replays = memory.ledger.replayRows();
  const running = replays.filter(({ state }) => state === 'running');
  if (replays.length === 0) return null;
  return prng.pick(running.length > 0 && prng.chance(0.9) ? running : replays).id;
}

function about({ replayId, sourceId }: ClaimedReplayFile): string[] {
  return [replayId, sourceId];
}
