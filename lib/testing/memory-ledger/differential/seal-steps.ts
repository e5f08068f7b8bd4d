import { CUT_LIMITS } from '@/lib/domain/delivery/cut-limits';
import { type PlannedFile, planCut, type SetAside } from '@/lib/domain/delivery/plan-cut';
import { ChunkMissingError } from '@/lib/platform/event-log/event-log';
import type { ClaimedLane, NewFile, ResealRequest } from '@/lib/services/delivery/delivery-ledger';
import type { CutRow, FileRow } from '@/lib/testing/memory-ledger/memory-state';
import { lastOrAny, type Step, someMs, stepOf, uuidOf, type Walk } from './step';

const WORKERS = ['w1', 'w2'] as const;
/** Of every file: the two worlds do not receive at the same time. */
const RECEIVED = { receivedMinMs: 1, receivedMaxMs: 2, receivedSumMs: 15n };

/** Seals what lies before a claimed lane; where chunks of it are gone, holds the lane as a worker does. */
export async function sealStep(walk: Walk): Promise<Step | null> {
  const { prng, memory } = walk;
  const claim = prng.chance(0.85) ? sealableClaim(walk) : lastOrAny(walk, walk.claims);
  if (claim === undefined) return null;
  const lane = ofSomeEpoch(walk, claim);
  const from = prng.chance(0.9) ? lane.next : Math.max(0, lane.next + prng.between(-1, 1));
  const chunks = await memory.log.scan(lane.streamId, from, prng.between(1, 6)).catch((error: unknown) => {
    if (error instanceof ChunkMissingError) return null;
    throw error;
  });
  if (chunks === null) return holdOf(lane);
  const plan = planCut(chunks, lane.type, CUT_LIMITS);
  if (plan === null) return releaseOf(lane.laneId, 1_800_000);
  const { files, setAside } = filtered(walk, lane, plan);
  const request = {
    lane,
    lo: plan.lo,
    hi: plan.hi,
    reason: lane.isDueByAge ? 'age' : plan.end,
    rows: plan.rows,
    rawBytes: plan.rawBytes,
    bodyBytes: plan.bodyBytes,
    files,
    setAside,
    workerId: prng.pick(WORKERS),
    deadlineMs: someMs(walk),
  };
  return stepOf('sealCut', { ...request, lane: lane.laneId, epoch: lane.epoch }, (world) =>
    world.ledger.sealCut({ ...request, sealedAtMs: world.nowMs() }),
  );
}

/** Now and then a claim that is stale in nothing but its epoch. */
function ofSomeEpoch({ prng }: Walk, claim: ClaimedLane): ClaimedLane {
  return prng.chance(0.1) ? { ...claim, epoch: claim.epoch - 1 } : claim;
}

/** The newest claim that nothing has overtaken. */
function sealableClaim({ claims, memory }: Walk): ClaimedLane | undefined {
  const lanes = new Map(memory.ledger.lanes().map((lane) => [lane.id, lane]));
  return claims.findLast((claim) => {
    const lane = lanes.get(claim.laneId);
    return lane?.epoch === claim.epoch && lane.next === claim.next && lane.done === claim.next;
  });
}

function holdOf({ laneId, epoch, next }: ClaimedLane): Step {
  const held = { laneId, epoch, next };
  return stepOf('holdLane', held, (world) => world.ledger.holdLane(held, 'chunk_missing'));
}

function releaseOf(laneId: number, ms: number): Step {
  return stepOf('releaseLane', [laneId, ms], (world) => world.ledger.releaseLane(laneId, ms));
}

/** A plan with names; of a filtered lane some rows of every file are left out, and whole files now and then. */
function filtered(
  walk: Walk,
  lane: ClaimedLane,
  plan: { files: readonly PlannedFile[]; setAside: readonly SetAside[] },
): { files: NewFile[]; setAside: SetAside[] } {
  const setAside = [...plan.setAside];
  const files = plan.files.flatMap((file): NewFile[] => {
    const left = lane.eventNames.length === 0 ? file.rows : walk.prng.between(0, file.rows);
    const out = {
      hourMs: file.hourMs ?? 0,
      rows: file.rows - left,
      reason: 'filtered' as const,
      offsets: [],
    };
    if (out.rows > 0) setAside.push(out);
    return left === 0 ? [] : [named(walk, lane.prefix, { ...file, rows: left }, 1)];
  });
  return { files, setAside };
}

function named(walk: Walk, prefix: string, file: PlannedFile, generation: number): NewFile {
  const { prng, memory } = walk;
  const fileId = uuidOf(walk);
  // Names that exist are refused by the tables: then nothing at all is written.
  const taken = prng.chance(0.02) ? memory.ledger.files().at(-1) : undefined;
  return { ...file, ...RECEIVED, generation, fileId, key: taken?.key ?? `${prefix}${fileId}` };
}

/** Moves the open cut of a lane to where its routing delivers now. */
export function releaseCutStep(walk: Walk): Step | null {
  const { prng } = walk;
  const claim = prng.chance(0.85) ? claimOfOpenCut(walk) : lastOrAny(walk, walk.claims);
  if (claim === undefined) return null;
  const lane = ofSomeEpoch(walk, claim);
  const cut = cutToMove(walk, lane.laneId);
  if (cut === undefined) return null;
  const generation = prng.chance(0.9) ? cut.generation : cut.generation + prng.between(-1, 1);
  const open = openFilesOf(walk, cut).filter(() => prng.chance(0.97));
  const files = open.map(({ id: fromId }) => {
    const fileId = uuidOf(walk);
    return { fromId, fileId, key: `${lane.prefix}${fileId}` };
  });
  const sealed = { cutId: cut.id, generation, lo: cut.lo, hi: cut.hi, openFiles: [] };
  const request = { lane, cut: sealed, files, workerId: prng.pick(WORKERS) };
  return stepOf('releaseCut', { lane: lane.laneId, epoch: lane.epoch, sealed, files }, (world) =>
    world.ledger.releaseCut(request),
  );
}

/** Takes a chunk whose bytes changed out of an open file. */
export function resealCutStep(walk: Walk): Step | null {
  const { prng, memory } = walk;
  const claim = prng.chance(0.85) ? claimOfOpenCut(walk) : lastOrAny(walk, walk.claims);
  if (claim === undefined) return null;
  const lane = ofSomeEpoch(walk, claim);
  const cut = cutToMove(walk, lane.laneId);
  const file = cut === undefined ? undefined : openFilesOf(walk, cut)[0];
  if (cut === undefined || file === undefined) return null;
  const chunks = memory.log
    .keptChunks(lane.streamId)
    .filter(
      ({ offset, hourMs }) => offset >= file.lo && offset <= file.hi && hourMs === (file.hourMs ?? hourMs),
    );
  if (chunks.length === 0) return null;
  const bad = prng.pick(chunks);
  const request = {
    lane: { laneId: lane.laneId, epoch: lane.epoch },
    cut: { cutId: cut.id, generation: prng.chance(0.9) ? cut.generation : cut.generation - 1 },
    fromId: file.id,
    file: withoutChunk(walk, file, { cut, rows: bad.rows }),
    setAside: [{ hourMs: bad.hourMs, rows: bad.rows, reason: 'corrupt' as const, offsets: [bad.offset] }],
    workerId: prng.pick(WORKERS),
  };
  return stepOf('resealCut', request, (world) => world.ledger.resealCut(request));
}

/** Null when nothing is left; of a filtered file, lines of the chunk may have been left out before. */
function withoutChunk(
  walk: Walk,
  file: FileRow,
  { cut, rows }: { cut: CutRow; rows: number },
): ResealRequest['file'] {
  const lost = cut.eventNames.length === 0 ? rows : Math.min(file.rows, walk.prng.between(0, rows));
  const left = file.rows - lost;
  if (left <= 0) return null;
  const { hourMs, lo, hi, kind, rawBytes, crcRaw, generation } = file;
  const planned = { hourMs, lo, hi, kind, rawBytes, crcRaw, bodyBytes: 1, rows: left, ...RECEIVED };
  return named(walk, 'resealed/', planned, generation + 1);
}

/** The newest claim of a lane whose cut is open, by the lane's present epoch. */
function claimOfOpenCut({ claims, memory }: Walk): ClaimedLane | undefined {
  const lanes = new Map(memory.ledger.lanes().map((lane) => [lane.id, lane]));
  return claims.findLast((claim) => {
    const lane = lanes.get(claim.laneId);
    return lane?.epoch === claim.epoch && lane.next > lane.done;
  });
}

function cutToMove(walk: Walk, laneId: number): CutRow | undefined {
  const cuts = walk.memory.ledger.cuts();
  const open = cuts.find((cut) => cut.laneId === laneId && cut.state === 'sealed');
  return walk.prng.chance(0.95) ? open : cuts.at(-1);
}

function openFilesOf({ memory }: Walk, cut: CutRow): FileRow[] {
  return memory.ledger
    .files()
    .filter(
      ({ cutId, generation, state }) =>
        cutId === cut.id && generation === cut.generation && (state === 'sealed' || state === 'conflict'),
    );
}
