import { z } from 'zod';
import { nameSchema } from '@/lib/domain/access/name';
import { dataTypeSchema } from '@/lib/domain/data-type';
import { accessKeyIdFault, secretAccessKeyFault, stripPasted } from '@/lib/domain/destination/access-key';
import { bucketFault } from '@/lib/domain/destination/bucket';
import { kmsKeyFault, kmsRegionFault } from '@/lib/domain/destination/kms-key';
import { bucketInPrefixFault, normalizePrefix, prefixFault } from '@/lib/domain/destination/prefix';
import { type Region, regionFault } from '@/lib/domain/destination/region';
import { eventNamesFault, eventNamesSchema } from './event-names';

const PROMISE_SECONDS_MIN = 60;
const PROMISE_SECONDS_MAX = 86_400;
const FLUSH_INTERVAL_MS_MIN = 5_000;
/** The time that sealing and uploading may take on top of the flush interval, within the promise. */
const PROMISE_SLACK_MS = 30_000;

const text = (missing: string) => z.string({ error: missing }).transform((value) => value.trim());
const wholeNumber = (message: string) => z.int({ error: message });

/** A string that a fault function of lib/domain/destination accepts. */
function checked(missing: string, faultOf: (value: string) => string | null) {
  return text(missing).superRefine((value, ctx) => {
    const message = faultOf(value);
    if (message !== null) ctx.addIssue({ code: 'custom', message });
  });
}

const promiseMessage = 'Choose a promise between 60 seconds and one day.';

/** What may change during a routing's life, without its access. */
export const settingsFields = {
  name: nameSchema,
  /** Empty for AWS, else one of the endpoints that the operator allows. */
  endpoint: text('Choose where the bucket is served.'),
  bucket: checked('Enter the name of the bucket, for example aurora-events.', bucketFault),
  region: checked('Choose the region in which the bucket lies.', regionFault).transform(
    // The check above holds it to the closed list.
    (region) => region as Region,
  ),
  prefix: checked('Enter a prefix, or leave it empty.', prefixFault).transform(normalizePrefix),
  /** The ARN of a customer-managed key; empty becomes null: the bucket's own encryption. */
  kmsKeyArn: z
    .string()
    .nullable()
    .default('')
    .pipe(z.preprocess((arn) => arn ?? '', checked('Enter the ARN of the key.', kmsKeyFault)))
    .transform((arn) => (arn === '' ? null : arn)),
  dataTypes: z
    .array(dataTypeSchema, { error: 'Choose what to deliver.' })
    .min(1, 'Choose at least one kind of data.')
    .transform((types) => [...new Set(types)]),
  eventNames: eventNamesSchema,
  promiseSeconds: wholeNumber(promiseMessage)
    .min(PROMISE_SECONDS_MIN, promiseMessage)
    .max(PROMISE_SECONDS_MAX, promiseMessage),
  flushIntervalMs: wholeNumber('Choose how often a file is written.').min(
    FLUSH_INTERVAL_MS_MIN,
    'A file is written every 5 seconds at most often.',
  ),
  /** Whether `_complete.json` says of each closed hour that it is complete. */
  hourMarkers: z.boolean({ error: 'Say true or false.' }).default(false),
  /** Whether small uploads prove the access of the routing while it is quiet. */
  accessProbe: z.boolean({ error: 'Say true or false.' }).default(true),
};

export const accessFields = {
  accessKeyId: z.string({ error: 'Enter the access key ID.' }).transform(stripPasted),
  secretAccessKey: z.string({ error: 'Enter the secret access key.' }).transform(stripPasted),
};

export type Given = Partial<Record<keyof typeof settingsFields | keyof typeof accessFields, unknown>>;
export type Fault = readonly [field: string, message: string | null];

/** What two fields say about each other; fields that failed on their own are left out. */
export function settingsFaults(given: Given): Fault[] {
  const { prefix, bucket, kmsKeyArn, region, promiseSeconds, flushIntervalMs } = given;
  const faults: Fault[] = [['eventNames', eventNamesFault(given.eventNames, given.dataTypes)]];
  if (typeof prefix === 'string' && typeof bucket === 'string') {
    faults.push(['prefix', bucketInPrefixFault(prefix, bucket)]);
  }
  if (typeof kmsKeyArn === 'string' && typeof region === 'string' && regionFault(region) === null) {
    faults.push(['kmsKeyArn', kmsRegionFault(kmsKeyArn, region)]);
  }
  if (Number.isFinite(promiseSeconds) && Number.isFinite(flushIntervalMs)) {
    faults.push(['flushIntervalMs', flushFault(Number(promiseSeconds), Number(flushIntervalMs))]);
  }
  return faults;
}

/** Longest flush interval that still leaves the promise its slack, ms. */
function flushIntervalMsMax(promiseSeconds: number): number {
  return promiseSeconds * 1_000 - PROMISE_SLACK_MS;
}

function flushFault(promiseSeconds: number, flushIntervalMs: number): string | null {
  const maxMs = flushIntervalMsMax(promiseSeconds);
  if (flushIntervalMs <= maxMs || maxMs < FLUSH_INTERVAL_MS_MIN) return null;
  return `To keep a promise of ${promiseSeconds} s, write a file at least every ${Math.floor(maxMs / 1_000)} s.`;
}

/** Faults of a pair of access keys; the rules for AWS differ from other S3 servers. */
export function accessFaults(given: Given): Fault[] {
  const isAws = given.endpoint === '';
  const faults: Fault[] = [];
  if (typeof given.accessKeyId === 'string') {
    faults.push(['accessKeyId', accessKeyIdFault(given.accessKeyId, isAws)]);
  }
  if (typeof given.secretAccessKey === 'string') {
    faults.push(['secretAccessKey', secretAccessKeyFault(given.secretAccessKey, isAws)]);
  }
  return faults;
}
