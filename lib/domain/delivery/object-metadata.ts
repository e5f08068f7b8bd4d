import type { FileKind } from './file-kind';

/** What makes an object recognisable as this file, on whichever machine and after however many tries. */
export interface FileIdentity {
  readonly fileId: string;
  readonly streamId: number;
  readonly rows: number;
  /** CRC-32 of the uncompressed bytes, unsigned. */
  readonly crcRaw: number;
  readonly lo: number;
  readonly hi: number;
  readonly kind: FileKind;
  /** Length of the compressed file that was sent. */
  readonly gzipBytes: number;
}

/** Object metadata, names without `x-amz-meta-`. */
export function objectMetadata(file: Omit<FileIdentity, 'kind' | 'gzipBytes'>): Record<string, string> {
  return {
    'sluice-file': file.fileId,
    'sluice-rows': String(file.rows),
    'sluice-crc32': file.crcRaw.toString(16).padStart(8, '0'),
    'sluice-first-offset': String(file.lo),
    'sluice-last-offset': String(file.hi),
    'sluice-stream': String(file.streamId),
  };
}

/**
 * Whether an object found under our key is this very file. The length counts only for stitched files: another
 * machine's deflate may pack a recompressed one differently.
 */
export function isOwnObject(
  found: { readonly lengthBytes: number; readonly metadata: Readonly<Record<string, string>> },
  file: FileIdentity,
): boolean {
  const expected = objectMetadata(file);
  return (
    ['sluice-file', 'sluice-rows', 'sluice-crc32'].every((name) => found.metadata[name] === expected[name]) &&
    (file.kind === 'recompressed' || found.lengthBytes === file.gzipBytes)
  );
}
