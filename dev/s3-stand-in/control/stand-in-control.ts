import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { isBucketName } from '../handlers/buckets';
import { type BucketRecord, bucketSettingsSchema } from '../storage/object-record';
import type { ObjectStorage } from '../storage/object-storage';
import { type AccessState, accessKeySchema, denialSchema } from './access-state';
import type { Faults } from './faults';
import { type RoleState, roleSchema } from './role-state';
import type { SeenRequests } from './seen-requests';

const bucketName = z.string().refine(isBucketName, 'not a bucket name');
const region = z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d$/);

export const bucketInputSchema = z.object({
  name: bucketName,
  region: region.optional(),
  /** Twelve digits; clients may demand it with x-amz-expected-bucket-owner. */
  ownerId: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
});
export const bucketRegionInputSchema = z.object({ name: bucketName, region });
export const bucketSettingsInputSchema = z.object({
  name: bucketName,
  settings: bucketSettingsSchema.partial(),
});
export const keyInputSchema = accessKeySchema
  .partial({ accessKeyId: true, secretAccessKey: true })
  .omit({ active: true });
export const denialInputSchema = denialSchema.omit({ denialId: true });
export const stsFaultInputSchema = z.object({
  fault: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('drop') }),
      z.object({
        kind: z.literal('answer'),
        status: z.number().int().min(400).max(599),
        code: z.string(),
        message: z.string().default('Injected by the control door.'),
      }),
    ])
    .nullable(),
});
export const kmsKeyInputSchema = z.object({ kmsKeyId: z.string().min(1), disabled: z.boolean() });
export const foreignObjectInputSchema = z.object({
  bucket: bucketName,
  key: z.string().min(1).max(1024),
  text: z.string().default('written by somebody else'),
  metadata: z.record(z.string(), z.string()).default({}),
});

export interface ControlParts {
  readonly storage: ObjectStorage;
  readonly access: AccessState;
  readonly roles: RoleState;
  /** What STS does to every call, and the calls that it got. */
  readonly sts: { fault: z.output<typeof stsFaultInputSchema>['fault']; readonly calls: StsCallSeen[] };
  readonly faults: Faults;
  readonly seenRequests: SeenRequests;
  readonly region: string;
  readonly accountId: string;
  nowMs(): number;
}

/** One call of STS, whatever came of it. */
export interface StsCallSeen {
  readonly action: string;
  readonly roleArn: string | null;
  readonly externalId: string | null;
  readonly hasPolicy: boolean;
}

/** Everything that can be done to the stand-in from outside S3; the control door offers the same over HTTP. */
export class StandInControl {
  readonly faults: Faults;
  readonly seenRequests: SeenRequests;

  constructor(private readonly parts: ControlParts) {
    this.faults = parts.faults;
    this.seenRequests = parts.seenRequests;
  }

  /** Creates the bucket; one that is there keeps its objects and takes the given region and owner. */
  async createBucket(input: z.input<typeof bucketInputSchema>): Promise<{ name: string; region: string }> {
    const given = bucketInputSchema.parse(input);
    const present = this.parts.storage.bucket(given.name);
    const bucket = {
      name: given.name,
      region: given.region ?? present?.region ?? this.parts.region,
      ownerId: given.ownerId ?? present?.ownerId ?? this.parts.accountId,
      settings: present?.settings ?? bucketSettingsSchema.parse({}),
      createdAtMs: present?.createdAtMs ?? this.parts.nowMs(),
    };
    await this.parts.storage.putBucket(bucket);
    return { name: bucket.name, region: bucket.region };
  }

  /** Moves a bucket to another region: requests signed for the old one are refused from now on. */
  async setBucketRegion(
    input: z.input<typeof bucketRegionInputSchema>,
  ): Promise<{ name: string; region: string }> {
    const given = bucketRegionInputSchema.parse(input);
    this.#requireBucket(given.name);
    return this.createBucket(given);
  }

  /** Changes what clients read or feel of a bucket: ownership, versions, public access, encryption. */
  async setBucketSettings(input: z.input<typeof bucketSettingsInputSchema>): Promise<void> {
    const { name, settings } = bucketSettingsInputSchema.parse(input);
    const bucket = this.#requireBucket(name);
    const given = Object.fromEntries(Object.entries(settings).filter(([key]) => key in input.settings));
    await this.parts.storage.putBucket({ ...bucket, settings: { ...bucket.settings, ...given } });
  }

  #requireBucket(name: string): BucketRecord {
    const bucket = this.parts.storage.bucket(name);
    if (bucket === undefined) throw new Error(`There is no bucket ${name}`);
    return bucket;
  }

  /** Creates an access key (allowed everything unless grants are given) or replaces the one of the same id. */
  async createKey(
    input: z.input<typeof keyInputSchema> = {},
  ): Promise<{ accessKeyId: string; secretAccessKey: string }> {
    const given = keyInputSchema.parse(input);
    const accessKeyId = given.accessKeyId ?? `AKIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const secretAccessKey = given.secretAccessKey ?? randomBytes(30).toString('base64');
    await this.parts.access.putKey({ accessKeyId, secretAccessKey, active: true, grants: given.grants });
    return { accessKeyId, secretAccessKey };
  }

  /** A revoked key answers InvalidAccessKeyId, as on AWS. */
  async revokeKey(input: { accessKeyId: string }): Promise<void> {
    await this.#setKeyActive(input.accessKeyId, false);
  }

  async restoreKey(input: { accessKeyId: string }): Promise<void> {
    await this.#setKeyActive(input.accessKeyId, true);
  }

  async #setKeyActive(accessKeyId: string, active: boolean): Promise<void> {
    if (!(await this.parts.access.setKeyActive(accessKeyId, active))) {
      throw new Error(`There is no access key ${accessKeyId}`);
    }
  }

  /** Creates a role or replaces the one of the same ARN. */
  async putRole(input: z.input<typeof roleSchema>): Promise<{ roleArn: string }> {
    const role = roleSchema.parse(input);
    await this.parts.roles.putRole(role);
    return { roleArn: role.roleArn };
  }

  async removeRole(input: { roleArn: string }): Promise<void> {
    await this.parts.roles.removeRole(input.roleArn);
  }

  /** Ends the sessions of a role, or all: S3 then answers ExpiredToken. */
  async endSessions(input: { roleArn?: string | undefined } = {}): Promise<{ ended: number }> {
    return { ended: await this.parts.roles.endSessions(input.roleArn, this.parts.nowMs()) };
  }

  /** Makes STS refuse or drop every call until it is told otherwise. */
  setStsFault(input: z.input<typeof stsFaultInputSchema>): void {
    this.parts.sts.fault = stsFaultInputSchema.parse(input).fault;
  }

  stsCalls(): readonly StsCallSeen[] {
    return this.parts.sts.calls;
  }

  /** Takes a permission away: action × bucket × prefix, of one key or of all. */
  async deny(input: z.input<typeof denialInputSchema>): Promise<{ denialId: string }> {
    const denialId = randomBytes(6).toString('hex');
    await this.parts.access.deny({ ...denialInputSchema.parse(input), denialId });
    return { denialId };
  }

  async allow(input: { denialId: string }): Promise<void> {
    if (!(await this.parts.access.allow(input.denialId)))
      throw new Error(`There is no denial ${input.denialId}`);
  }

  async setKmsKey(input: z.input<typeof kmsKeyInputSchema>): Promise<void> {
    const given = kmsKeyInputSchema.parse(input);
    await this.parts.access.setKmsKeyDisabled(given.kmsKeyId, given.disabled);
  }

  /** Puts an object as if somebody else had written it, whatever is there. */
  async putForeignObject(input: z.input<typeof foreignObjectInputSchema>): Promise<{ etag: string }> {
    const given = foreignObjectInputSchema.parse(input);
    this.#requireBucket(given.bucket);
    const bytes = Buffer.from(given.text);
    const etag = createHash('md5').update(bytes).digest('hex');
    const body = this.parts.storage.newBody();
    await body.write(bytes);
    const object = {
      bodyId: body.bodyId,
      sizeBytes: bytes.length,
      etag,
      storedAtMs: this.parts.nowMs(),
      storageClass: 'STANDARD',
      headers: { 'content-type': 'text/plain' },
      metadata: given.metadata,
      checksum: null,
      kmsKeyId: null,
    };
    await this.parts.storage.putObject({ bucket: given.bucket, key: given.key }, object, {
      body,
      check: () => undefined,
    });
    return { etag };
  }
}
