import { type DataType, dataTypeSchema } from '@/lib/domain/data-type';
import type { RoutingWish } from '@/lib/domain/routing/transition';
import type { MemoryPlace, RoutingRow } from '@/lib/testing/memory-ledger/memory-state';
import { type Step, stepOf, uuidOf, type Walk } from './step';
import { CHORES, type World } from './world';

const ROUTINGS_MAX = 3;
const KEYS = [
  { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  { accessKeyId: 'AKIAIOSFODNN7EXAMPL2', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE2' },
] as const;
/** The flush interval leaves the promise its slack; both end between two whole hours. */
const PACES = [
  { promiseSeconds: 5_400, flushIntervalMs: 1_800_000 },
  { promiseSeconds: 9_000, flushIntervalMs: 1_800_000 },
  { promiseSeconds: 9_000, flushIntervalMs: 5_400_000 },
] as const;
const HOUR_MS = 3_600_000;
const MIB = 1024 * 1024;

export function createRoutingStep(walk: Walk): Step | null {
  const { prng, memory } = walk;
  const count = memory.ledger.routings().length;
  if (count >= ROUTINGS_MAX) return null;
  const dataTypes = someTypes(walk);
  const routing = {
    dataTypes,
    eventNames: someEventNames(walk, dataTypes),
    startFrom: prng.pick(['head', 'earliest'] as const),
    ...prng.pick(PACES),
    place: somePlace(walk),
    keys: prng.chance(0.85) ? KEYS[0] : null,
  };
  return stepOf('createRouting', routing, (world) => world.createRouting(`r${count}`, routing));
}

export function changeStateStep(walk: Walk): Step | null {
  const routing = someRouting(walk);
  if (routing === null) return null;
  const wish = walk.prng.chance(0.7)
    ? usualWish(routing)
    : walk.prng.pick(['start', 'pause', 'resume'] as const);
  return stepOf(`${wish}Routing`, routing.id, (world) => world.changeState(routing.id, wish));
}

/** Towards running, mostly: nothing else happens to a routing that stands still. */
function usualWish({ lifecycle }: Pick<RoutingRow, 'lifecycle'>): RoutingWish {
  if (lifecycle === 'pausing' || lifecycle === 'paused') return 'resume';
  return lifecycle === 'draft' ? 'start' : 'pause';
}

export function startRoutingStep(walk: Walk): Step | null {
  const { prng, memory } = walk;
  const still = memory.ledger.routings().filter(({ lifecycle }) => usualWish({ lifecycle }) !== 'pause');
  if (still.length === 0) return null;
  const { id, lifecycle } = prng.pick(still);
  const wish = usualWish({ lifecycle });
  return stepOf(`${wish}Routing`, id, (world) => world.changeState(id, wish));
}

/** Half hours: no deadline of a test passes while it runs. */
export function disableRoutingStep(walk: Walk): Step | null {
  const { prng } = walk;
  const routing = someRouting(walk);
  if (routing === null) return null;
  const drainMinutes = prng.pick([30, 90, 150]);
  const given = {
    routingId: routing.id,
    reason: 'it has served',
    ...(prng.chance(0.4) ? { mode: 'discard' as const } : { mode: 'drain' as const, drainMinutes }),
  };
  return stepOf('disableRouting', given, (world) => world.disableRouting(given));
}

export function archiveRoutingStep(walk: Walk): Step | null {
  const routing = someRouting(walk);
  if (routing === null) return null;
  const given = { routingId: routing.id, reason: 'nobody asks for it' };
  return stepOf('archiveRouting', routing.id, (world) => world.archiveRouting(given));
}

export function updateRoutingStep(walk: Walk): Step | null {
  const { prng, memory } = walk;
  const routing = someRouting(walk);
  if (routing === null) return null;
  const { destinationVersion } = routing;
  const stored = memory.ledger
    .destinations()
    .find(({ routingId, version }) => routingId === routing.id && version === destinationVersion);
  if (stored === undefined) return null;
  const { endpoint, bucket, region, prefix, kmsKeyArn } = stored;
  const dataTypes = prng.chance(0.4) ? someTypes(walk) : routing.dataTypes;
  const isKept = prng.chance(0.7) && (dataTypes.includes('events') || routing.eventNames.length === 0);
  const { promiseSeconds, flushIntervalMs } = routing;
  const edit = {
    routingId: routing.id,
    version: someVersion(walk, routing),
    dataTypes,
    eventNames: isKept ? routing.eventNames : someEventNames(walk, dataTypes),
    ...(prng.chance(0.8) ? { promiseSeconds, flushIntervalMs } : prng.pick(PACES)),
    place: prng.chance(0.5) ? somePlace(walk) : { endpoint, bucket, region, prefix, kmsKeyArn },
    keys: prng.chance(0.15) ? prng.pick(KEYS) : null,
  };
  return stepOf('updateRouting', edit, (world) => adopted(world, routing.id, world.updateRouting(edit)));
}

export function enterAccessStep(walk: Walk): Step | null {
  const routing = someRouting(walk);
  if (routing === null) return null;
  const edit = { routingId: routing.id, version: someVersion(walk, routing), keys: walk.prng.pick(KEYS) };
  return stepOf('enterAccess', [routing.id, edit.version], (world) =>
    adopted(world, routing.id, world.enterAccess(edit)),
  );
}

/** An edit, and a passed check of what it changed; answers whether there was a change that waited for one. */
async function adopted(world: World, routingId: string, edit: Promise<void>): Promise<boolean> {
  await edit;
  return world.adoptNewest(routingId);
}

export function ensureStreamStep({ prng }: Walk): Step {
  const type = prng.pick(dataTypeSchema.options);
  return stepOf('ensureStream', type, (world) => world.ensureStream(type));
}

export function appendStep(walk: Walk): Step | null {
  const { prng, memory } = walk;
  const streams = memory.ledger.streams();
  if (streams.length === 0) return null;
  const { id: streamId, type } = prng.pick(streams);
  const hours = [0, 0, 0, -1, -2].map((ago) => Math.floor(memory.nowMs() / HOUR_MS + ago) * HOUR_MS);
  const chunks = Array.from({ length: prng.between(1, 3) }, (_, i, count = 3) => ({
    hourMs: prng.pick(hours),
    rows: prng.between(1, 5),
    snapshotEnd: type === 'segment' && (i === count - 1 || prng.chance(0.6)),
  }));
  const appendId = uuidOf(walk);
  return stepOf('append', [type, chunks], (world) => {
    const nowMs = world.nowMs();
    const received = { receivedMinMs: nowMs, receivedMaxMs: nowMs };
    const bytes = { rawBytes: 100, crcRaw: 7, bodyBytes: BODY.length, crcBody: 8, body: BODY };
    const appended = chunks.map((chunk) => {
      return { streamId, ...chunk, ...bytes, ...received, receivedSumMs: BigInt(nowMs * chunk.rows) };
    });
    return world.log.append({ appendId, chunks: appended, idempotency: [] });
  });
}

const BODY = Buffer.from('not read by any ledger');

export function dispatchStep(): Step {
  return stepOf('dispatch', null, async (world) => {
    const due = await world.dispatch();
    return due.sort((a, b) => a.laneId - b.laneId);
  });
}

export function choreStep({ prng }: Walk): Step {
  const chore = prng.pick(CHORES);
  return stepOf(chore, null, (world) => world.chore(chore));
}

export function letHoursPassStep({ prng }: Walk): Step {
  const hours = prng.between(1, 3);
  return stepOf('letHoursPass', hours, (world) => world.letHoursPass(hours));
}

export function removeChunksStep({ prng, memory }: Walk): Step | null {
  const streams = memory.ledger.streams();
  if (streams.length === 0) return null;
  const { id, type } = prng.pick(streams);
  const before = prng.between(0, memory.log.headOf(id).nextOffset);
  return stepOf('removeChunks', [type, before], (world) => world.removeChunks(type, before));
}

export function addBacklogStep({ prng, memory }: Walk): Step | null {
  const lanes = memory.ledger.lanes();
  if (lanes.length === 0) return null;
  const { id } = prng.pick(lanes);
  const bytes = prng.pick([33 * MIB, 129 * MIB]);
  return stepOf('addBacklog', [id, bytes], (world) => world.addBacklog(id, bytes));
}

export function heldCutsStep(walk: Walk): Step | null {
  const routing = someRouting(walk);
  if (routing === null) return null;
  return stepOf('heldCuts', routing.id, async (world) => {
    const held = await world.heldCuts(routing.id);
    return [...held].sort((a, b) => a.laneId - b.laneId);
  });
}

/** A release by a person, of a cut that mostly stands still. */
export function releaseAnywayStep(walk: Walk): Step | null {
  const { prng, memory } = walk;
  const held = memory.ledger.routings().flatMap(({ id }) => memory.ledger.heldCuts(id));
  const cut = held.length === 0 ? null : prng.pick(held);
  if (cut === null) return null;
  const generation = prng.chance(0.95) ? cut.generation : cut.generation + 1;
  const { cutId } = cut;
  if (prng.chance(0.4)) {
    const given = { cutId, generation, reason: 'nobody needs it' };
    return stepOf('giveUpCut', given, (world) => world.giveUpCut(given));
  }
  const files = cut.files
    .filter(() => prng.chance(0.97))
    .map(({ id }) => {
      const fileId = uuidOf(walk);
      return { fromId: id, fileId, key: `released/${fileId}` };
    });
  const place = { destinationVersion: prng.between(1, 3), endpoint: '', bucket: 'borealis-events' };
  const given = { cutId, generation, place, files };
  return stepOf('releaseCutAnyway', given, (world) => world.releaseCutAnyway(given));
}

export function retryHeldStep(walk: Walk): Step | null {
  const { prng, memory } = walk;
  const routing = someRouting(walk);
  if (routing === null) return null;
  const lanes = memory.ledger.lanes().filter(({ routingId }) => routingId === routing.id);
  const laneId = lanes.length > 0 && prng.chance(0.3) ? prng.pick(lanes).id : null;
  return stepOf('retryHeld', [routing.id, laneId], (world) => world.retryHeld(routing.id, laneId));
}

export function setRetentionStep(walk: Walk): Step | null {
  const routing = someRouting(walk);
  if (routing === null) return null;
  const hours = walk.prng.pick([1, 2, 4]);
  return stepOf('setRetention', [routing.id, hours], (world) => world.setRetention(routing.id, hours));
}

function someRouting({ prng, memory }: Walk): RoutingRow | null {
  const routings = memory.ledger.routings();
  return routings.length === 0 ? null : prng.pick(routings);
}

function someTypes({ prng }: Walk): DataType[] {
  const types = dataTypeSchema.options.filter(() => prng.chance(0.6));
  return types.length > 0 ? types : ['events'];
}

function someEventNames({ prng }: Walk, dataTypes: readonly DataType[]): string[] {
  if (!dataTypes.includes('events') || prng.chance(0.6)) return [];
  return prng.pick([['added'], ['added', 'viewed']]);
}

function somePlace({ prng }: Walk): MemoryPlace {
  return {
    endpoint: '',
    bucket: prng.pick(['aurora-events', 'borealis-events']),
    region: prng.pick(['eu-west-1', 'eu-central-1']),
    prefix: prng.pick(['', 'a/', 'b/c/']),
    kmsKeyArn: null,
  };
}

function someVersion({ prng }: Walk, { version }: RoutingRow): number {
  return prng.chance(0.92) ? version : Math.max(1, version - 1);
}
