import { z } from 'zod';

/** Stitched: the stored deflate blocks, copied. Recompressed: inflated and deflated again as one stream. */
export const fileKindSchema = z.enum(['stitched', 'recompressed']);
export type FileKind = z.infer<typeof fileKindSchema>;

const THIN_CHUNK_RAW_BYTES = 16 * 1024;

/** Small chunks cost ratio and copies; below an average of 16 KiB raw a file is compressed anew. */
export function chooseFileKind(file: { readonly rawBytes: number; readonly chunks: number }): FileKind {
  return file.rawBytes < file.chunks * THIN_CHUNK_RAW_BYTES ? 'recompressed' : 'stitched';
}
