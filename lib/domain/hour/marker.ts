import type { DataType } from '@/lib/domain/data-type';
import { partitionPath } from '@/lib/domain/delivery/object-key';

/** A delivered file of the hour, as the ledger has it. */
export interface MarkedFile {
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
  readonly rows: number;
  readonly rawBytes: number;
  readonly gzipBytes: number;
  /** CRC-32 of the uncompressed bytes, unsigned. */
  readonly crcRaw: number;
}

/** A closed hour of which nothing is on its way any more. Rows. */
export interface MarkedHour {
  readonly routingId: string;
  readonly type: DataType;
  /** Start of the hour, epoch ms. */
  readonly hourMs: number;
  readonly accepted: number;
  readonly setAside: number;
  readonly gap: number;
  /** Oldest first. */
  readonly files: readonly MarkedFile[];
  /** Where the routing delivers to now: the place of a marker without files. */
  readonly present: { readonly endpoint: string; readonly bucket: string; readonly prefix: string };
}

/** One marker as it is sent, at every try the same. */
export interface HourMarker {
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
  readonly rows: number;
  readonly body: string;
}

export const MARKER_NAME = '_complete.json';
const MARKER_VERSION = 1;

/** Whether everything that was accepted is in a file, set aside or a recorded gap: only then is an hour complete. */
export function isHourComplete({ accepted, setAside, gap, files }: MarkedHour): boolean {
  return accepted === sum(files, (file) => file.rows) + setAside + gap;
}

/**
 * The markers of a complete hour: one at each place to which files of it went, with those; a quiet hour's at the
 * present place, without any. The same for the same hour, whoever makes them.
 */
export function hourMarkers(hour: MarkedHour): HourMarker[] {
  const places = new Map<string, { place: MarkedHour['present']; files: MarkedFile[] }>();
  for (const file of hour.files) {
    const { endpoint, bucket } = file;
    const place = { endpoint, bucket, prefix: prefixOf(file.key, hour) };
    const id = JSON.stringify(place);
    const known = places.get(id);
    if (known === undefined) places.set(id, { place, files: [file] });
    else known.files.push(file);
  }
  if (places.size === 0) return [toMarker(hour, hour.present, [])];
  return [...places.values()].map(({ place, files }) => toMarker(hour, place, files));
}

/** What an object says of itself so that a later try knows it for its own. */
export function markerMetadata(marker: {
  readonly id: string;
  readonly rows: number;
  readonly crc32: number;
}) {
  return {
    'sluice-file': marker.id,
    'sluice-rows': String(marker.rows),
    'sluice-crc32': hex(marker.crc32),
  };
}

/** A key is prefix, partition and a name without slashes. */
function prefixOf(key: string, { type, hourMs }: MarkedHour): string {
  const name = key.length - key.lastIndexOf('/') - 1;
  return key.slice(0, key.length - name - `${partitionPath(type, hourMs)}/`.length);
}

function toMarker(hour: MarkedHour, place: MarkedHour['present'], files: readonly MarkedFile[]): HourMarker {
  const { routingId, type, hourMs, accepted, setAside, gap } = hour;
  const rows = sum(files, (file) => file.rows);
  const said = {
    version: MARKER_VERSION,
    routing_id: routingId,
    type,
    hour: new Date(hourMs).toISOString(),
    files: files.map((file) => ({
      key: file.key,
      rows: file.rows,
      gzip_bytes: file.gzipBytes,
      raw_bytes: file.rawBytes,
      crc32: hex(file.crcRaw),
    })),
    totals: {
      files: files.length,
      rows,
      gzip_bytes: sum(files, (file) => file.gzipBytes),
      raw_bytes: sum(files, (file) => file.rawBytes),
    },
    accepted_rows: accepted,
    set_aside_rows: setAside,
    gap_rows: gap,
    elsewhere_rows: sum(hour.files, (file) => file.rows) - rows,
  };
  const key = `${place.prefix}${partitionPath(type, hourMs)}/${MARKER_NAME}`;
  return { endpoint: place.endpoint, bucket: place.bucket, key, rows, body: `${JSON.stringify(said)}\n` };
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}

function sum(files: readonly MarkedFile[], of: (file: MarkedFile) => number): number {
  return files.reduce((total, file) => total + of(file), 0);
}
