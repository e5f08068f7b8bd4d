import type { SealedFile } from '@/lib/domain/delivery/sealed-file';
import { LatencySketch } from '@/lib/domain/latency/sketch';
import type { AttemptEnd } from '@/lib/services/delivery/delivery-ledger';
import type { CutRow, FileRow } from '@/lib/testing/memory-ledger/memory-state';
import { lastOrAny, type Step, someMs, stepOf, type Walk } from './step';

const ENDS = [
  { outcome: 'refused', httpStatus: 403, code: 'AccessDenied' },
  { outcome: 'refused', httpStatus: 412, code: 'PreconditionFailed' },
  { outcome: 'refused', httpStatus: 404, code: 'NoSuchBucket' },
  { outcome: 'refused', httpStatus: null, code: 'NotSent' },
  { outcome: 'unknown', httpStatus: 503, code: 'SlowDown' },
  { outcome: 'unknown', httpStatus: null, code: 'TimeoutError' },
  { outcome: 'done', httpStatus: 200, code: null },
] as const;
const HELD_CAUSES = ['conflict', 'internal'] as const;

export function markStep(walk: Walk): Step | null {
  const file = someFile(walk);
  if (file === null) return null;
  const { prng } = walk;
  const attemptId = prng.chance(0.3) ? (lastOrAny(walk, walk.memory.ledger.attempts())?.id ?? null) : null;
  const workerId = prng.pick(['w1', 'w2']);
  const mark = { file, workerId, deadlineMs: someMs(walk), attemptId };
  return stepOf('markAttempt', { ...mark, file: nameOf(file) }, (world) => world.ledger.markAttempt(mark));
}

export function finishStep(walk: Walk): Step | null {
  const file = someFile(walk);
  const end = endOf(walk, file);
  if (file === null || end === null) return null;
  const object = { etag: walk.prng.chance(0.9) ? '"e"' : null, gzipBytes: 100 + walk.prng.below(100) };
  const done: AttemptEnd = walk.prng.chance(0.8) ? { ...end, ...ENDS[6] } : end;
  return stepOf('finishFile', [nameOf(file), object, done], (world) =>
    world.ledger.finishFile(file, object, done),
  );
}

export function failFileStep(walk: Walk): Step | null {
  const { prng } = walk;
  const file = someFile(walk);
  if (file === null) return null;
  const end = prng.chance(0.9) ? endOf(walk, file) : null;
  const isConflict = end?.httpStatus === 412 ? prng.chance(0.6) : prng.chance(0.03);
  const isHeld = isConflict || prng.chance(0.1);
  const heldCause = isHeld ? prng.pick(HELD_CAUSES) : null;
  const failure = { file, isConflict, backOffMs: someMs(walk), heldCause, end };
  return stepOf('failFile', { ...failure, file: nameOf(file) }, (world) => world.ledger.failFile(failure));
}

export function endAttemptStep(walk: Walk): Step | null {
  const end = endOf(walk, null);
  return end === null ? null : stepOf('endAttempt', end, (world) => world.ledger.endAttempt(end));
}

export function commitStep(walk: Walk): Step | null {
  const { prng } = walk;
  const cut = prng.chance(0.8) ? deliveredCut(walk) : lastOrAny(walk, walk.memory.ledger.cuts());
  if (cut === undefined) return null;
  const figures = prng.chance(0.5) ? { ...FIGURES, rows: prng.below(1_000) } : null;
  return stepOf('commitCut', [cut.id, figures?.rows ?? null], (world) =>
    world.ledger.commitCut(cut.id, figures),
  );
}

/** An open cut of which nothing is left to deliver. */
function deliveredCut({ memory }: Walk): CutRow | undefined {
  const files = memory.ledger.files();
  return memory.ledger
    .cuts()
    .findLast(
      ({ id, generation, state }) =>
        state === 'sealed' &&
        !files.some(
          (file) => file.cutId === id && file.generation === generation && file.state !== 'delivered',
        ),
    );
}

export function readCutTimesStep(walk: Walk): Step | null {
  const cut = lastOrAny(walk, walk.memory.ledger.cuts());
  if (cut === undefined) return null;
  return stepOf('readCutTimes', cut.id, (world) => world.ledger.readCutTimes(cut.id));
}

export function readPlaceAccessStep(walk: Walk): Step | null {
  const file = someFile(walk);
  if (file === null) return null;
  return stepOf('readPlaceAccess', nameOf(file), async (world) => {
    const access = await world.ledger.readPlaceAccess(file);
    if (access === null) return null;
    const { credential } = access;
    return { ...access, credential: credential.kind === 'keys' ? credential.version : credential.roleArn };
  });
}

const FIGURES = {
  rows: 0,
  withinRows: 0,
  sumMs: 12n,
  maxMs: 12,
  waitingMs: 3n,
  batchingMs: 3n,
  uploadingMs: 3n,
  retryingMs: 3n,
  files: 1,
  rawBytes: 10,
  gzipBytes: 5,
  sketch: new LatencySketch().encode(),
};

/** A file as its seal recorded it, now and then of a generation that it is not of. */
function someFile(walk: Walk): SealedFile | null {
  const { prng, memory } = walk;
  const all = memory.ledger.files();
  const open = all.filter(({ state }) => state === 'sealed' || state === 'conflict');
  const row = prng.chance(0.85) ? lastOrAny(walk, open) : lastOrAny(walk, all);
  if (row === undefined) return null;
  const generation = prng.chance(0.95) ? row.generation : Math.max(1, row.generation + prng.between(-1, 1));
  return { ...sealedOf(walk, row), generation };
}

function sealedOf({ memory }: Walk, row: FileRow): SealedFile {
  const cut = memory.ledger.cuts().find(({ id }) => id === row.cutId);
  const lane = memory.ledger.lanes().find(({ id }) => id === cut?.laneId);
  return {
    fileId: row.id,
    routingId: row.routingId,
    streamId: lane?.streamId ?? 0,
    generation: row.generation,
    endpoint: row.endpoint,
    bucket: row.bucket,
    key: row.key,
    type: row.type,
    hourMs: row.hourMs,
    lo: row.lo,
    hi: row.hi,
    leftOut: [],
    eventNames: cut?.eventNames ?? [],
    kind: row.kind,
    rows: row.rows,
    rawBytes: row.rawBytes,
    crcRaw: row.crcRaw,
    denials: 0,
    firstDenialAgoMs: 0,
  };
}

/** Mostly of the file's open attempt; else of any. */
function endOf(walk: Walk, file: SealedFile | null): AttemptEnd | null {
  const { prng, memory } = walk;
  const attempts = memory.ledger.attempts();
  const own = attempts.filter(({ fileId, outcome }) => fileId === file?.fileId && outcome === null);
  const attempt = prng.chance(0.9) && own.length > 0 ? own.at(-1) : lastOrAny(walk, attempts);
  if (attempt === undefined) return null;
  const said = {
    requestId: prng.chance(0.5) ? 'r' : null,
    message: prng.chance(0.1) ? 'm'.repeat(600) : null,
  };
  return { attemptId: attempt.id, ...prng.pick(ENDS), ...said };
}

function nameOf({ fileId, generation }: SealedFile) {
  return { fileId, generation };
}
