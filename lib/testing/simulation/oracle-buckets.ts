import { crc32, gunzipSync } from 'node:zlib';
import { partitionPath } from '@/lib/domain/delivery/object-key';
import type { FileRow } from '@/lib/testing/memory-ledger/memory-state';
import type { BucketObject } from './bucket-server';
import { besideObjects, judgeBesideObject, judgeRestored } from './oracle-beside';
import type { CarriedCut } from './oracle-lanes';
import { Violation } from './violation';
import type { World } from './world-parts';

const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}000Z-[0-9a-f]{12}-[a-z0-9]{1,16}\.jsonl\.gz$/;

/** Every object is one file of the ledger, whole and as sealed; every delivered file is there; no line is there twice. */
export function judgeBuckets(
  world: World,
  carried: readonly CarriedCut[],
  fills: ReadonlyMap<string, string | null>,
): void {
  const { ledger, buckets } = world;
  const files = new Map(ledger.files().map((file) => [file.id, file]));
  const cuts = new Map(carried.map((cut) => [cut.cut.id, cut]));
  const beside = besideObjects(world);
  const seen = new Map<string, Map<string, number>>();
  for (const object of buckets.objects.values()) {
    if (object.isForeign || judgeBesideObject(world, object, { beside, cuts })) continue;
    const file = files.get(object.metadata['sluice-file'] ?? '');
    const cut = file === undefined ? undefined : cuts.get(file.cutId);
    if (file === undefined || cut === undefined)
      throw new Violation('foreign', `${object.place.key} is no file of the ledger`, [object.place.key]);
    const texts = judgeObject(world, object, { file, cut });
    const lines = seen.get(file.routingId) ?? new Map<string, number>();
    seen.set(file.routingId, lines);
    for (const text of texts) lines.set(text, (lines.get(text) ?? 0) + 1);
  }
  const gone = judgeRestored(world, fills);
  for (const file of gone.values()) {
    const lines = seen.get(file.routingId) ?? new Map<string, number>();
    seen.set(file.routingId, lines);
    for (const { text } of cuts.get(file.cutId)?.linesOf(file) ?? [])
      lines.set(text, (lines.get(text) ?? 0) + 1);
  }
  judgeFiles(world, gone);
  judgeLines(world, carried, seen);
}

function judgeObject(
  world: World,
  { place, body, metadata }: BucketObject,
  { file, cut }: { file: Readonly<FileRow>; cut: CarriedCut },
): string[] {
  const fail = (what: string) => new Violation('object', `${place.key}: ${what}`, [place.key]);
  if (file.state === 'released' && !mayExist(world, file, cut))
    throw new Violation('released', `${place.key} was given up and exists`, [place.key]);
  if (file.key !== place.key || file.bucket !== place.bucket || file.endpoint !== place.endpoint)
    throw fail('is not where its file was sealed for');
  const raw = gunzipSync(body);
  const text = raw.toString();
  if (!text.endsWith('\n')) throw fail('does not end its last line');
  const texts = text.split('\n').slice(0, -1);
  const crc = crc32(raw);
  if (texts.length !== file.rows || crc !== file.crcRaw || raw.length !== file.rawBytes)
    throw fail(`holds ${texts.length} rows with CRC ${crc}, the ledger says ${file.rows} and ${file.crcRaw}`);
  const said = [metadata['sluice-rows'], metadata['sluice-crc32'], metadata['sluice-stream']];
  if (said.join() !== [texts.length, crc.toString(16).padStart(8, '0'), cut.streamId].join())
    throw fail(`says ${said.join()} of itself`);
  if (file.state === 'delivered' && file.gzipBytes !== body.length)
    throw fail('has not the length of the ledger');
  judgeKey(world, place.key, file);
  // A file that was given up may have been sealed when all of its chunks were sound still.
  const isOfBefore = file.state === 'released' && cut.linesOf(file).length < file.rows;
  if (isOfBefore) world.coverage.count('object.sealed_while_sound');
  const expected = (isOfBefore ? cut.storedLinesOf(file) : cut.linesOf(file)).map((line) => line.text);
  if (expected.join('\n') !== texts.join('\n')) throw fail('does not hold the lines that were stored');
  world.coverage.count(`object.${file.kind}`);
  return texts;
}

/** A person was told that it may exist, and released its cut all the same; or a gap says so. */
function mayExist({ ledger, coverage }: World, { id }: Readonly<FileRow>, cut: CarriedCut): boolean {
  const gap = ledger.gaps().find(({ fileId }) => fileId === id);
  const isKnown = cut.mayExistTwice || gap?.mayExist === true;
  if (isKnown) coverage.count('object.of_released_file');
  return isKnown;
}

function judgeKey({ ledger }: World, key: string, file: Readonly<FileRow>): void {
  const slash = key.lastIndexOf('/');
  const partition = partitionPath(file.type, file.hourMs);
  const folder = key.slice(0, slash + 1);
  const isOurs = ledger.destinations().some(({ routingId, bucket, prefix }) => {
    return routingId === file.routingId && bucket === file.bucket && folder === `${prefix}${partition}/`;
  });
  if (!isOurs || !NAME.test(key.slice(slash + 1))) throw new Violation('key', `${key} is not in form`, [key]);
}

function judgeFiles({ ledger, buckets }: World, gone: ReadonlyMap<string, unknown>): void {
  const cuts = new Map(ledger.cuts().map((cut) => [cut.id, cut]));
  for (const { endpoint, bucket, key, id, state, cutId } of ledger.files()) {
    const cut = cuts.get(cutId);
    const object = buckets.objects.get(`${endpoint}/${bucket}/${key}`);
    const isThere = object !== undefined && !object.isForeign;
    if (state === 'delivered' && !isThere && !gone.has(id))
      throw new Violation('missing', `${key} is delivered and not there`, [key]);
    if (cut?.state !== 'committed') continue;
    const isGivenUp = state === 'released';
    if (state !== 'delivered' && !isGivenUp)
      throw new Violation('committed', `file ${id} of a committed cut is ${state}`, [key]);
  }
}

function judgeLines(
  { ledger }: World,
  carried: readonly CarriedCut[],
  seen: ReadonlyMap<string, ReadonlyMap<string, number>>,
): void {
  for (const routing of ledger.routings()) {
    const found = seen.get(routing.id) ?? new Map<string, number>();
    const cuts = carried.filter(({ cut }) => cut.routingId === routing.id);
    const sent = new Set(
      cuts.flatMap(({ lines, mayExist }) => [...lines, ...mayExist].map(({ text }) => text)),
    );
    const doubted = cuts.filter(({ mayExistTwice }) => mayExistTwice);
    const mayBeTwice = new Set(doubted.flatMap(({ lines }) => lines.map(({ text }) => text)));
    for (const [text, times] of found) {
      if (times > 1 && !mayBeTwice.has(text))
        throw new Violation('twice', `a line lies ${times} times in its buckets: ${text}`, [idOf(text)]);
    }
    for (const { cut, lines } of cuts) {
      if (cut.state !== 'committed') continue;
      const lost = lines.find(({ text }) => !found.has(text));
      if (lost !== undefined) throw new Violation('lost', `${lost.text} is committed and nowhere`, [lost.id]);
    }
    for (const text of found.keys()) {
      if (!sent.has(text))
        throw new Violation('foreign', `${text} is not carried by the routing`, [idOf(text)]);
    }
  }
}

function idOf(text: string): string {
  const line: { event_id?: string; id?: string } = JSON.parse(text);
  return line.event_id ?? line.id ?? text;
}
