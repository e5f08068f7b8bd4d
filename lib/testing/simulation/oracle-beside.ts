import { gunzipSync } from 'node:zlib';
import { probeKey } from '@/lib/domain/probe/probe-key';
import type { MarkerRow, ReplayFileRow } from '@/lib/testing/memory-ledger/beside-state';
import type { FileRow } from '@/lib/testing/memory-ledger/memory-state';
import type { BucketObject } from './bucket-server';
import type { CarriedCut } from './oracle-lanes';
import { Violation } from './violation';
import type { World } from './world-parts';

/** What lies in buckets beside live files, by the id that its object says of itself. */
export interface BesideObjects {
  readonly markers: ReadonlyMap<string, MarkerRow>;
  readonly copies: ReadonlyMap<string, ReplayFileRow>;
}

export function besideObjects({ ledger }: World): BesideObjects {
  const copies = ledger
    .replayRows()
    .filter(({ mode }) => mode === 'copy')
    .flatMap(({ id }) => ledger.replayFiles(id));
  return {
    markers: new Map(ledger.markerRows().map((marker) => [marker.id, marker])),
    copies: new Map(copies.map((copy) => [copy.objectId, copy])),
  };
}

/** True when the object is a probe, a marker or a replay's copy; throws when it is not as it must be. */
export function judgeBesideObject(
  world: World,
  { place, body, metadata }: BucketObject,
  { beside, cuts }: { beside: BesideObjects; cuts: ReadonlyMap<number, CarriedCut> },
): boolean {
  const id = metadata['sluice-file'] ?? '';
  const marker = beside.markers.get(id);
  const copy = beside.copies.get(id);
  const probed = metadata['sluice-probe'];
  if (probed !== undefined) judgeProbe(world, place.key, probed);
  else if (marker !== undefined) {
    if (marker.key !== place.key || marker.bucket !== place.bucket || body.toString() !== marker.body)
      throw new Violation('marker', `${place.key} is not as it was decided`, [place.key]);
  } else if (copy !== undefined) judgeCopy(world, { place, body, copy }, cuts);
  else return false;
  return true;
}

/** It lies where probes do, and no event is in it. */
function judgeProbe({ ledger }: World, key: string, routingId: string): void {
  const day = Date.parse(key.slice(key.lastIndexOf('/') + 1).slice(0, 10));
  const isOurs = ledger
    .destinations()
    .some(
      ({ prefix, ...version }) => version.routingId === routingId && key === probeKey(prefix, routingId, day),
    );
  if (!isOurs) throw new Violation('probe', `${key} is no place for a probe`, [key]);
}

function judgeCopy(
  { ledger, coverage }: World,
  { place, body, copy }: Pick<BucketObject, 'place' | 'body'> & { copy: ReplayFileRow },
  cuts: ReadonlyMap<number, CarriedCut>,
): void {
  const source = ledger.files().find(({ id }) => id === copy.fileId);
  const cut = cuts.get(source?.cutId ?? 0);
  const fail = (what: string) => new Violation('copy', `${place.key} ${what}`, [place.key]);
  const replay = ledger.replayRows().find(({ id }) => id === copy.replayId);
  if (source === undefined || cut === undefined || replay === undefined) throw fail('is a copy of nothing');
  if (copy.key !== place.key || !place.key.startsWith(replay.prefix ?? '?') || place.key === source.key)
    throw fail('is not in the folder of its replay');
  const texts = cut.linesOf(source).map(({ text }) => text);
  if (gunzipSync(body).toString() !== `${texts.join('\n')}\n`) throw fail('has not the lines of its file');
  coverage.count('object.copy');
}

/** What replays say of themselves is so: every copied file lies there, and nothing of a done replay is left open. */
export function judgeReplays(world: World): void {
  const { ledger, buckets, coverage } = world;
  for (const replay of ledger.replayRows()) {
    coverage.count(`replay.${replay.mode}.${replay.state}`);
    const files = ledger.replayFiles(replay.id);
    for (const file of files) {
      coverage.count(`replay.file.${file.state}`);
      if (file.state === 'copied' && !buckets.has(file))
        throw new Violation('copy', `${file.key} was copied and is not there`, [file.key]);
      if (replay.state === 'done' && file.state === 'pending')
        throw new Violation('replay', `replay ${replay.id} is done and has ${file.key} open`, [file.key]);
    }
  }
}

/**
 * Delivered files that their customer deleted and that may be missing all the same: of routings that stand still, and
 * those of which the log has lost a chunk. `fills`: the replay by which a person had everything written again.
 */
export function judgeRestored(
  world: World,
  fills: ReadonlyMap<string, string | null>,
): ReadonlyMap<string, Readonly<FileRow>> {
  const { ledger, buckets, coverage } = world;
  const gone = new Map<string, Readonly<FileRow>>();
  for (const file of ledger.files()) {
    if (file.state !== 'delivered' || buckets.has(file) || !buckets.wasDeleted(file)) continue;
    const fill = fills.get(file.routingId);
    if (fill !== undefined && !isLost(world, file)) {
      const row =
        fill === null ? undefined : ledger.replayFiles(fill).find(({ fileId }) => fileId === file.id);
      const said = row === undefined ? 'was not taken' : `is ${row.state} (${row.cause})`;
      throw new Violation('restored', `${file.key} is missing, its events are kept, and it ${said}`, [
        file.key,
      ]);
    }
    coverage.count(fill === undefined ? 'deleted.at_rest' : 'deleted.not_kept');
    gone.set(file.id, file);
  }
  return gone;
}

/** Some chunk of it is gone. */
function isLost({ ledger, watch }: World, { cutId, lo, hi }: Readonly<FileRow>): boolean {
  const cut = ledger.cuts().find(({ id }) => id === cutId);
  const lane = ledger.lanes().find(({ id }) => id === cut?.laneId);
  for (let offset = lo; offset <= hi; offset += 1)
    if (watch.removed.has(`${lane?.streamId}/${offset}`)) return true;
  return false;
}
