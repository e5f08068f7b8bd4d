import type { HealthNewsSeed } from '@/lib/services/delivery/delivery-ledger';
import type { LaneRow } from '@/lib/testing/memory-ledger/memory-state';
import { lastOrAny, type Step, someMs, stepOf, type Walk } from './step';

export function claimStep(walk: Walk): Step | null {
  const { prng, claims, memory } = walk;
  const all = memory.ledger.lanes();
  const due = all.filter((lane) => isFree(walk, lane) && hasWork(walk, lane));
  const lane = prng.chance(0.9) ? due.at(prng.below(due.length)) : all.at(prng.below(all.length));
  if (lane === undefined) return null;
  const epoch = prng.chance(0.95) ? lane.epoch : lane.epoch + prng.between(-1, 1);
  const job = { laneId: lane.id, epoch };
  const leaseMs = someMs(walk);
  return stepOf('claimLane', [job, leaseMs], async (world) => {
    const claimed = await world.ledger.claimLane(job, leaseMs);
    if (world === memory && claimed !== null) claims.push(claimed);
    return claimed;
  });
}

function isFree({ memory }: Walk, lane: LaneRow): boolean {
  const waits = [lane.notBeforeMs, lane.leaseUntilMs].some((ms) => ms !== null && ms > memory.nowMs());
  return lane.running && lane.heldCause === null && !waits;
}

function hasWork({ memory }: Walk, lane: LaneRow): boolean {
  const isPending = lane.pendingSinceMs !== null && lane.pendingSinceMs < memory.nowMs();
  return lane.next > lane.done || isPending;
}

export function renewLeaseStep(walk: Walk): Step | null {
  const lane = anyLane(walk);
  if (lane === null) return null;
  const ms = someMs(walk);
  return stepOf('renewLease', [lane.id, ms], (world) => world.ledger.renewLease(lane.id, ms));
}

export function releaseLaneStep(walk: Walk): Step | null {
  const lane = anyLane(walk);
  if (lane === null) return null;
  const ms = walk.prng.chance(0.7) ? 0 : someMs(walk);
  return stepOf('releaseLane', [lane.id, ms], (world) => world.ledger.releaseLane(lane.id, ms));
}

export function holdLaneStep(walk: Walk): Step | null {
  const { prng } = walk;
  const lane = anyLane(walk);
  if (lane === null) return null;
  const cause = prng.pick(['chunk_missing', 'chunk_corrupt', 'internal']);
  const epoch = prng.chance(0.8) ? lane.epoch : lane.epoch - 1;
  const held = { laneId: lane.id, epoch, next: prng.chance(0.8) ? lane.next : lane.next + 1 };
  return stepOf('holdLane', [held, cause], (world) => world.ledger.holdLane(held, cause));
}

export function failLaneStep(walk: Walk): Step | null {
  const { prng, memory } = walk;
  const claim = lastOrAny(walk, walk.claims);
  if (claim === undefined) return null;
  const attempts = memory.ledger.attempts().slice(-3);
  const attemptIds = attempts.filter(() => prng.chance(0.4)).map(({ id }) => id);
  const failure = { lane: { laneId: claim.laneId, done: claim.done }, attemptIds, backOffMs: someMs(walk) };
  return stepOf('failLane', failure, (world) => world.ledger.failLane(failure));
}

export function readOpenCutStep(walk: Walk): Step | null {
  const lane = anyLane(walk);
  if (lane === null) return null;
  return stepOf('readOpenCut', lane.id, (world) => world.ledger.readOpenCut(lane.id));
}

export function recordHealthStep(walk: Walk): Step | null {
  const lane = anyLane(walk);
  if (lane === null) return null;
  const news = newsOf(walk, lane);
  return stepOf('recordHealth', [lane.routingId, news], (world) =>
    world.ledger.recordHealth(lane.routingId, news, 'w1'),
  );
}

function newsOf({ prng }: Walk, lane: LaneRow): HealthNewsSeed {
  const kind = prng.pick<HealthNewsSeed['kind']>([
    'delivered',
    'delivered',
    'failed',
    'blocked',
    'doubted',
    'broken',
    'proven',
  ]);
  switch (kind) {
    case 'delivered':
      return { kind, laneId: lane.id };
    case 'proven':
      return { kind };
    case 'blocked':
      return { kind, cause: lane.heldCause ?? 'access_denied' };
    default:
      return { kind, cause: 'slow_down' };
  }
}

function anyLane(walk: Walk): LaneRow | null {
  const lanes = walk.memory.ledger.lanes();
  return lanes.length === 0 ? null : walk.prng.pick(lanes);
}
