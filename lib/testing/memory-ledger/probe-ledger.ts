import { HOUR_MS, MINUTE_MS } from '@/lib/domain/time-units';
import type { DueProbe } from '@/lib/services/probe/claim-due-probes';
import type { ProbeLedger } from '@/lib/services/probe/probe-ledger';
import { type EndedProbe, healthNewsOf, isBareDenial } from '@/lib/services/probe/record-probe';
import type { ProofRow } from './beside-state';
import { type MemoryState, type RoutingRow, rowOf } from './memory-state';
import { readPlaceAccess } from './place-access';
import { recordHealth, wantedLanes } from './routing-health';
import { presentDestination } from './routing-rows';

/** As lib/services/probe/probe-ledger. */
export function createMemoryProbes(state: MemoryState): ProbeLedger {
  return {
    claimDue: async (limit) => claimDue(state, limit),
    record: async (probe, ended) => record(state, probe, ended),
  };
}

function claimDue(state: MemoryState, limit: number): DueProbe[] {
  return [...state.routings.values()]
    .filter((routing) => isDue(state, routing))
    .map((routing) => ({ routing, dueAtMs: state.beside.proofs.get(routing.id)?.dueAtMs ?? -Infinity }))
    .sort((a, b) => (a.dueAtMs < b.dueAtMs ? -1 : Number(a.dueAtMs > b.dueAtMs)))
    .slice(0, limit)
    .flatMap(({ routing }) => claim(state, routing));
}

/** It runs, has nothing pending, and either was refused or has been quiet for an hour. */
function isDue(state: MemoryState, routing: RoutingRow): boolean {
  const { id, intent, lifecycle, health, stateSinceMs, destinationVersion } = routing;
  if (intent !== 'run' || (lifecycle !== 'starting' && lifecycle !== 'active')) return false;
  const proof = state.beside.proofs.get(id);
  const isAsked =
    proof === undefined ||
    proof.destinationVersion !== destinationVersion ||
    (proof.stoppedCause === null && proof.dueAtMs <= state.nowMs());
  if (!isAsked || presentDestination(state, routing).credentialId === null) return false;
  const isTroubled = health === 'blocked' || health === 'failing';
  const quietSinceMs = state.nowMs() - HOUR_MS;
  if (!isTroubled && (stateSinceMs > quietSinceMs || hasTried(state, id, quietSinceMs))) return false;
  return wantedLanes(state, routing).every((lane) => state.log.headOf(lane.streamId).nextOffset <= lane.done);
}

function hasTried(state: MemoryState, routingId: string, sinceMs: number): boolean {
  return [...state.attempts.values()].some(
    (attempt) => attempt.routingId === routingId && (attempt.endedAtMs ?? -Infinity) > sinceMs,
  );
}

function claim(state: MemoryState, routing: RoutingRow): DueProbe[] {
  const { id: routingId, destinationVersion } = routing;
  const { endpoint, bucket, prefix, region, kmsKeyArn } = presentDestination(state, routing);
  const access = readPlaceAccess(state, { routingId, endpoint, bucket });
  if (access === null) return [];
  const known = state.beside.proofs.get(routingId);
  const isSame = known?.destinationVersion === destinationVersion;
  const proof: ProofRow = {
    ...{ routingId, destinationVersion, stoppedCause: null, dueAtMs: state.nowMs() + MINUTE_MS },
    provenAtMs: isSame ? known.provenAtMs : null,
    failures: isSame ? known.failures : 0,
    denials: isSame ? known.denials : 0,
    firstDeniedAtMs: known?.firstDeniedAtMs ?? null,
    objectKey: isSame ? known.objectKey : null,
  };
  state.beside.proofs.set(routingId, proof);
  state.beside.probes += 1;
  const { failures, denials, firstDeniedAtMs, objectKey: leftKey } = proof;
  const firstDenialAgoMs = firstDeniedAtMs === null ? 0 : state.nowMs() - firstDeniedAtMs;
  return [
    {
      ...{ probeId: state.beside.probes, routingId, destinationVersion, endpoint, bucket, prefix, region },
      ...{ kmsKeyArn, credential: access.credential, failures, denials, firstDenialAgoMs, leftKey },
    },
  ];
}

function record(state: MemoryState, probe: DueProbe, { decision, leftKey }: EndedProbe): void {
  const proof = state.beside.proofs.get(probe.routingId);
  if (proof?.destinationVersion !== probe.destinationVersion) return;
  const isProven = decision.kind === 'proven';
  const isDenied = isBareDenial(decision);
  proof.dueAtMs = state.nowMs() + decision.dueInMs;
  proof.objectKey = leftKey;
  if (isProven) proof.provenAtMs = state.nowMs();
  proof.failures = isProven ? 0 : proof.failures + 1;
  if (!isDenied) proof.firstDeniedAtMs = null;
  else if (proof.denials === 0) proof.firstDeniedAtMs = state.nowMs();
  proof.denials = isDenied ? proof.denials + 1 : 0;
  proof.stoppedCause = decision.isVersioned ? 'versioned' : null;
  const news = healthNewsOf(decision);
  if (news !== null) recordHealth(state, rowOf(state.routings, probe.routingId).id, news);
}
