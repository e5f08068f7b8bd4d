import { z } from 'zod';
import { CHECKSUM_ALGORITHMS } from '../protocol/checksums';

/** One stored object: everything but its bytes. */
export const objectRecordSchema = z.object({
  /** Name of the file that holds the bytes. */
  bodyId: z.string(),
  sizeBytes: z.number().int(),
  /** Without quotes. */
  etag: z.string(),
  storedAtMs: z.number().int(),
  storageClass: z.string(),
  /** Content-Type, Content-Encoding and the like, lower-case names. */
  headers: z.record(z.string(), z.string()),
  /** User metadata, lower-case names without `x-amz-meta-`. */
  metadata: z.record(z.string(), z.string()),
  checksum: z.object({ algorithm: z.enum(CHECKSUM_ALGORITHMS), value: z.string() }).nullable(),
  kmsKeyId: z.string().nullable(),
});
export type ObjectRecord = z.infer<typeof objectRecordSchema>;

/** A bucket's settings, as far as a client can read them or feels them. */
export const bucketSettingsSchema = z.object({
  /** Anybody may read its objects. */
  isPublic: z.boolean().default(false),
  blocksPublicAccess: z.boolean().default(true),
  ownership: z
    .enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'])
    .default('BucketOwnerEnforced'),
  isVersioned: z.boolean().default(false),
  /** Says so; nothing is locked. */
  locksByDefault: z.boolean().default(false),
  /** The key under which objects come that ask for no encryption. */
  defaultKmsKeyId: z.string().nullable().default(null),
  /** A rule of the bucket refuses every PUT that does not ask for this encryption. */
  demandsEncryption: z.enum(['AES256', 'aws:kms']).nullable().default(null),
  /** Passes over what a PUT asks for, as some stores that are not AWS do. */
  ignoresEncryption: z.boolean().default(false),
});
export type BucketSettings = z.infer<typeof bucketSettingsSchema>;

export const bucketRecordSchema = z.object({
  name: z.string(),
  region: z.string(),
  ownerId: z.string(),
  settings: bucketSettingsSchema.prefault({}),
  createdAtMs: z.number().int(),
});
export type BucketRecord = z.infer<typeof bucketRecordSchema>;

/** A line of the journal; replaying the lines in order gives the state. */
export const journalEntrySchema = z.discriminatedUnion('entry', [
  z.object({ entry: z.literal('bucket'), bucket: bucketRecordSchema }),
  z.object({ entry: z.literal('bucket-deleted'), name: z.string() }),
  z.object({ entry: z.literal('object'), bucket: z.string(), key: z.string(), object: objectRecordSchema }),
  z.object({ entry: z.literal('object-deleted'), bucket: z.string(), key: z.string() }),
]);
export type JournalEntry = z.infer<typeof journalEntrySchema>;
