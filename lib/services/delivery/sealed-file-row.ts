import { dataTypeSchema } from '@/lib/domain/data-type';
import { fileKindSchema } from '@/lib/domain/delivery/file-kind';
import type { SealedFile } from '@/lib/domain/delivery/sealed-file';

/** The columns in which a statement gives a recorded file and what its content is made of. */
export interface SealedFileRow {
  readonly routing_id: string;
  readonly stream_id: number;
  readonly generation: number;
  readonly endpoint: string;
  readonly bucket: string;
  readonly key: string;
  readonly type: string;
  readonly hour_ms: number | null;
  readonly lo: number;
  readonly hi: number;
  readonly left_out: number[];
  readonly event_names: string[];
  readonly kind: string;
  readonly rows: number;
  readonly raw_bytes: number;
  readonly crc_raw: number;
  readonly denials: number;
  readonly denied_for_ms: number;
}

/** The file under its id, which is not that of the row where it is written a second time. */
export function toSealedFile(row: SealedFileRow, fileId: string): SealedFile {
  return {
    fileId,
    routingId: row.routing_id,
    streamId: row.stream_id,
    generation: row.generation,
    endpoint: row.endpoint,
    bucket: row.bucket,
    key: row.key,
    type: dataTypeSchema.parse(row.type),
    hourMs: row.hour_ms,
    lo: row.lo,
    hi: row.hi,
    leftOut: row.left_out,
    eventNames: row.event_names,
    kind: fileKindSchema.parse(row.kind),
    rows: row.rows,
    rawBytes: row.raw_bytes,
    crcRaw: row.crc_raw,
    denials: row.denials,
    firstDenialAgoMs: row.denied_for_ms,
  };
}
