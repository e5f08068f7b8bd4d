import { partitionPath } from '@/lib/domain/delivery/object-key';
import { MARKER_NAME } from '@/lib/domain/hour/marker';
import type { MarkerRow } from '@/lib/testing/memory-ledger/beside-state';
import { Violation } from './violation';
import type { World } from './world-parts';

interface MarkerBody {
  readonly files: readonly { readonly key: string; readonly rows: number; readonly crc32: string }[];
  readonly totals: { readonly rows: number };
  readonly accepted_rows: number;
  readonly set_aside_rows: number;
  readonly gap_rows: number;
  readonly elsewhere_rows: number;
}

/** Each marker lists exactly the delivered files of its hour and place, and its rows add up to what was accepted. */
export function judgeMarkers(world: World): void {
  const { ledger, buckets, coverage } = world;
  for (const marker of ledger.markerRows()) {
    coverage.count(`marker.${marker.state}`);
    if (marker.state === 'skipped') continue;
    if (marker.state === 'written' && !buckets.has(marker))
      throw new Violation('marker', `${marker.key} is written and not there`, [marker.key]);
    judgeBody(world, marker);
  }
}

function judgeBody(world: World, marker: MarkerRow): void {
  const { ledger } = world;
  const { routingId, type, hourMs, bucket, key, body } = marker;
  const fail = (what: string) => new Violation('marker', `${key} ${what}`, [key]);
  const said: MarkerBody = JSON.parse(body);
  const ofHour = ledger
    .files()
    .filter(
      (file) =>
        file.routingId === routingId &&
        file.type === type &&
        file.hourMs === hourMs &&
        file.state === 'delivered',
    );
  const folder = key.slice(0, -MARKER_NAME.length);
  const here = ofHour.filter(
    (file) => file.bucket === bucket && file.key.slice(0, file.key.lastIndexOf('/') + 1) === folder,
  );
  if (!folder.endsWith(`${partitionPath(type, hourMs)}/`)) throw fail('is not in the folder of its hour');
  const listed = said.files.map(({ key: name, rows, crc32 }) => `${name} ${rows} ${crc32}`).sort();
  const there = here
    .map((file) => `${file.key} ${file.rows} ${file.crcRaw.toString(16).padStart(8, '0')}`)
    .sort();
  if (listed.join() !== there.join()) throw fail(`lists ${listed.join()} of ${there.join()}`);
  const sum = said.totals.rows + said.elsewhere_rows + said.set_aside_rows + said.gap_rows;
  const accepted = acceptedRows(world, marker);
  if (sum !== accepted || said.accepted_rows !== accepted)
    throw fail(`accounts for ${sum} and says ${said.accepted_rows} of ${accepted} accepted rows`);
  world.coverage.count(here.length > 0 ? 'marker.with_files' : 'marker.of_quiet_hour');
}

/** What the log took of the hour, save what the routing's lanes leave out. */
function acceptedRows({ ledger, watch }: World, { routingId, type, hourMs }: MarkerRow): number {
  const types = new Map(ledger.streams().map((stream) => [stream.id, stream.type]));
  const lanes = ledger
    .lanes()
    .filter((lane) => lane.routingId === routingId && types.get(lane.streamId) === type);
  let rows = 0;
  for (const lane of lanes) {
    const leftOut = ledger.leftOut().filter(({ laneId }) => laneId === lane.id);
    for (const chunk of watch.chunks.get(lane.streamId) ?? []) {
      const isOut = leftOut.some(({ lo, hi }) => chunk.offset >= lo && chunk.offset <= hi);
      if (chunk.hourMs === hourMs && !isOut) rows += chunk.rows;
    }
  }
  return rows;
}
