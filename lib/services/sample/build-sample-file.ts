import { createHash } from 'node:crypto';
import { describeGzipFile } from '@/lib/domain/chunk/gzip-file';
import { Stitch } from '@/lib/domain/chunk/stitch';
import type { DataType } from '@/lib/domain/data-type';
import { objectKey, partitionPath } from '@/lib/domain/delivery/object-key';
import { sampleLines } from '@/lib/domain/sample/sample-lines';
import { HOUR_MS } from '@/lib/domain/time-units';
import { deflateChunk } from '@/lib/platform/event-log/compress';

/** A file of one data type that tries a place: a real one in everything but the data. */
export interface SampleFile {
  readonly dataType: DataType;
  readonly fileId: string;
  readonly key: string;
  readonly body: Buffer;
}

interface SampleOf {
  readonly dataType: DataType;
  readonly workspaceId: string;
  /** Ending in a slash. */
  readonly folder: string;
  readonly fileId: string;
  /** Database time, epoch ms. */
  readonly sealedAtMs: number;
  readonly workerId: string;
}

const DEFLATE_LEVEL = 6;

/** Compresses and stitches a sample as delivery does, and names it as a seal does. */
export async function buildSampleFile(of: SampleOf): Promise<SampleFile> {
  const { dataType, workspaceId, folder: prefix, fileId, sealedAtMs, workerId } = of;
  const time = new Date(sealedAtMs).toISOString();
  const raw = sampleLines(dataType, { workspaceId, eventId: fileId, time });
  const { body, crcRaw, crcBody } = await deflateChunk(raw, DEFLATE_LEVEL);
  const stitch = new Stitch(
    describeGzipFile([{ rawBytes: raw.length, crcRaw, bodyBytes: body.length, crcBody }]),
  );
  stitch.add(body);
  const hourMs = dataType === 'segment' ? null : Math.floor(sealedAtMs / HOUR_MS) * HOUR_MS;
  const partition = partitionPath(dataType, hourMs);
  const sha256Hex = createHash('sha256').update(`${fileId}\n${partition}`).digest('hex');
  const key = objectKey({ prefix, partition, sealedAtMs, sha256Hex, workerId });
  return { dataType, fileId, key, body: stitch.finish() };
}
