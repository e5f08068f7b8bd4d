import { z } from 'zod';
import { contactsSchema } from '@/lib/domain/contact/contacts';
import { type AccessInput, accessInputSchema } from '@/lib/domain/destination/access-input';
import { stripPasted } from '@/lib/domain/destination/access-key';
import { accessWaysSchema } from '@/lib/domain/destination/access-ways';
import { ownerAccountSchema } from '@/lib/domain/destination/account';
import { bucketFault } from '@/lib/domain/destination/bucket';
import { regionFault } from '@/lib/domain/destination/region';
import { idSchema } from '@/lib/domain/id';
import { crossCheck } from './cross-check';
import { placeBySchema } from './draft';
import { reasonSchema } from './ending-input';
import { accessFaults, accessFields, type Fault, type Given, settingsFaults, settingsFields } from './fields';

const absentWhenEmpty = z.string().optional();

/** Access keys that are both given or both left out (or empty); trimmed of pasted spaces and quotes, see `pastedNotices`. */
const optionalAccessFields = {
  accessKeyId: absentWhenEmpty.transform(toAbsent).pipe(accessFields.accessKeyId.optional()),
  secretAccessKey: absentWhenEmpty.transform(toAbsent).pipe(accessFields.secretAccessKey.optional()),
};

/** Everything that makes a routing. Without access keys it waits for its customer to give them. */
export const createRoutingSchema = z
  .object({
    organizationId: idSchema('Choose an organization.'),
    workspaceId: idSchema('Choose a workspace.'),
    ...settingsFields,
    /** `customer`: they name bucket and region by their hand-over link; what is given here of the place is left out. */
    placeBy: placeBySchema.default('us'),
    bucket: orEmpty(settingsFields.bucket, 'Enter the name of the bucket, for example aurora-events.'),
    region: orEmpty(settingsFields.region, 'Choose the region in which the bucket lies.'),
    ownerAccountId: ownerAccountSchema,
    /** How the customer may give access. */
    accessWays: accessWaysSchema.default('any'),
    ...optionalAccessFields,
    /** Whom the customer wants to be told; may be changed at any time. */
    ...contactsSchema.shape,
    /** Where a new routing begins: with the next event, or with the earliest one still kept. */
    startFrom: z.enum(['head', 'earliest']).default('head'),
    /** The draft it is made of, whose id it takes, in the version that was read: it ends with this. */
    draftId: idSchema().optional(),
    draftVersion: z.int().min(1).optional(),
    /** Said by who chose to enter access keys now: then leaving them out, or the reason, is a fault. */
    access: z.enum(['now', 'later']).optional(),
    /** Why somebody of ours enters a customer's access: kept in the audit. */
    reason: reasonSchema.optional(),
  })
  .superRefine(
    ...crossCheck((given) => [
      ...settingsFaults(given),
      ...accessFaults(given),
      ...pairFaults(given),
      ...missingFaults(given),
      ...unplacedFaults(given),
    ]),
  )
  .transform((input) => (input.placeBy === 'us' ? input : { ...input, ...UNPLACED }));

/** What a form or a program sends to make a routing. */
export type CreateRoutingInput = z.input<typeof createRoutingSchema>;

/**
 * The whole of a routing's settings as the editor left them. Access keys are both given or both left out (or empty):
 * left out keeps the stored ones. `version` is the one the editor saw; another one in the database is a CONFLICT.
 */
export const updateRoutingSchema = z
  .object({
    routingId: idSchema(),
    version: z.int({ error: 'Reload the page: the version is missing.' }).min(1),
    ...settingsFields,
    ...optionalAccessFields,
  })
  .superRefine(
    ...crossCheck((given) => [...settingsFaults(given), ...accessFaults(given), ...pairFaults(given)]),
  );

export type UpdateRoutingInput = z.input<typeof updateRoutingSchema>;

/** New access for a routing, keys or a role, on the version that was read. */
export const enterAccessSchema = z
  .object({
    routingId: idSchema(),
    version: z.int({ error: 'Reload the page: the version is missing.' }).min(1),
  })
  .and(accessInputSchema);
export type EnterAccessInput = AccessInput & { readonly routingId: string; readonly version: number };

/** Names a routing: start, pause, resume and get need nothing else. */
export const routingIdSchema = z.object({ routingId: idSchema() });
export type RoutingIdInput = z.input<typeof routingIdSchema>;

/** Starts a routing; `withoutCheck` starts one whose access has not passed its check. */
export const startRoutingSchema = routingIdSchema.extend({
  withoutCheck: z.boolean({ error: 'Say true or false.' }).default(false),
});
export type StartRoutingInput = z.input<typeof startRoutingSchema>;

/** The place of a routing whose customer will name it. */
const UNPLACED = { bucket: '', region: '', prefix: '', kmsKeyArn: null, ownerAccountId: null } as const;

/** Empty, which is judged by who names the place, or what the schema takes. */
function orEmpty<T extends z.ZodType<string, string>>(schema: T, missing: string) {
  return z
    .string({ error: missing })
    .transform((text) => (text.trim() === '' ? undefined : text))
    .pipe(schema.optional())
    .transform((text) => text ?? '');
}

function unplacedFaults({ placeBy, bucket, region, accessKeyId }: Given & { placeBy?: unknown }): Fault[] {
  if (placeBy === 'customer') {
    return accessKeyId === undefined
      ? []
      : [['placeBy', 'Name the bucket first: access is given for one place.']];
  }
  const faults: Fault[] = [];
  if (bucket === '') faults.push(['bucket', bucketFault('')]);
  if (region === '') faults.push(['region', regionFault('')]);
  return faults;
}

function toAbsent(value: string | undefined): string | undefined {
  return value === undefined || stripPasted(value) === '' ? undefined : value;
}

function pairFaults({ accessKeyId, secretAccessKey }: Given): Fault[] {
  if ((accessKeyId === undefined) === (secretAccessKey === undefined)) return [];
  return accessKeyId === undefined
    ? [['accessKeyId', 'Enter the access key ID that belongs to the secret.']]
    : [['secretAccessKey', 'Enter the secret that belongs to the access key ID.']];
}

function missingFaults(given: Given & { access?: unknown; reason?: unknown }): Fault[] {
  const { access, accessKeyId, secretAccessKey, reason } = given;
  if (access !== 'now') return [];
  const reasonFaults: Fault[] =
    reason === undefined ? [['reason', 'Give a reason: it is kept in the audit.']] : [];
  if (accessKeyId !== undefined || secretAccessKey !== undefined) return reasonFaults;
  return [
    ...reasonFaults,
    ['accessKeyId', 'Enter the access key ID, or let the customer give access later.'],
    ['secretAccessKey', 'Enter the secret access key.'],
  ];
}
