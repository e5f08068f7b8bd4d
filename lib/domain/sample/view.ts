import type { DataType } from '@/lib/domain/data-type';

/** A file that an access check wrote, as it was sent. */
export interface SampleFileView {
  readonly dataType: DataType;
  readonly key: string;
  /** Of the compressed file. */
  readonly bytes: number;
  /** Its lines, unpacked, without their line feeds: JSON. */
  readonly lines: readonly string[];
}

/** What the check that passed wrote, by data type. Instants are RFC 3339 strings in UTC. */
export interface SampleView {
  readonly bucket: string;
  readonly writtenAt: string;
  /** Null while it lies in the bucket: the grant does not let us remove it. */
  readonly removedAt: string | null;
  readonly files: readonly SampleFileView[];
}
