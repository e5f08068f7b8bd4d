import { createHash, randomUUID } from 'node:crypto';
import type { DataType } from '@/lib/domain/data-type';
import type { HeldFileView } from '@/lib/domain/delivery/held-cut-view';
import { keyHashInput, objectKey, partitionPath } from '@/lib/domain/delivery/object-key';

/** Stands where a key names the worker that sealed it: a person's release names its files in the console. */
const NAMED_BY = 'console';

interface NewPlace {
  readonly routingId: string;
  readonly streamId: number;
  readonly type: DataType;
  /** The one it gets. */
  readonly generation: number;
  readonly prefix: string;
  readonly nowMs: number;
}

/** A released file's new id and key: of another generation, hence another key also under the same prefix. */
export function nameReleasedFile(
  file: Pick<HeldFileView, 'id' | 'hour' | 'firstOffset' | 'lastOffset'>,
  place: NewPlace,
): { fromId: string; id: string; key: string } {
  const { routingId, streamId, generation, prefix } = place;
  const partition = partitionPath(place.type, file.hour === null ? null : Date.parse(file.hour));
  const at = { lo: file.firstOffset, hi: file.lastOffset, partition };
  const sha256Hex = createHash('sha256')
    .update(keyHashInput({ routingId, streamId, generation, ...at }))
    .digest('hex');
  const key = objectKey({ prefix, partition, sealedAtMs: place.nowMs, sha256Hex, workerId: NAMED_BY });
  return { fromId: file.id, id: randomUUID(), key };
}
