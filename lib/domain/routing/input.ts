import { z } from 'zod';
import { contactsSchema } from '@/lib/domain/contact/contacts';
import { type AccessInput, accessInputSchema } from '@/lib/domain/destination/access-input';
import { stripPasted } from '@/lib/domain/destination/access-key';
import { idSchema } from '@/lib/domain/id';
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
    ...optionalAccessFields,
    /** Whom the customer wants to be told; may be changed at any time. */
    ...contactsSchema.shape,
    /** Where a new routing begins: with the next event, or with the earliest one still kept. */
    startFrom: z.enum(['head', 'earliest']).default('head'),
    /** The draft it is made of, whose id it takes, in the version that was read: it ends with this. */
    draftId: idSchema().optional(),
    draftVersion: z.int().min(1).optional(),
    /** Said by who chose to enter access keys now: then leaving them out is a fault, not a routing that waits. */
    access: z.enum(['now', 'later']).optional(),
  })
  .superRefine(
    ...crossCheck((given) => [
      ...settingsFaults(given),
      ...accessFaults(given),
      ...pairFaults(given),
      ...missingFaults(given),
    ]),
  );

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

function toAbsent(value: string | undefined): string | undefined {
  return value === undefined || stripPasted(value) === '' ? undefined : value;
}

function pairFaults({ accessKeyId, secretAccessKey }: Given): Fault[] {
  if ((accessKeyId === undefined) === (secretAccessKey === undefined)) return [];
  return accessKeyId === undefined
    ? [['accessKeyId', 'Enter the access key ID that belongs to the secret.']]
    : [['secretAccessKey', 'Enter the secret that belongs to the access key ID.']];
}

function missingFaults(given: Given & { access?: unknown }): Fault[] {
  const { access, accessKeyId, secretAccessKey } = given;
  if (access !== 'now' || accessKeyId !== undefined || secretAccessKey !== undefined) return [];
  return [
    ['accessKeyId', 'Enter the access key ID, or let the customer give access later.'],
    ['secretAccessKey', 'Enter the secret access key.'],
  ];
}

// Runs even when single fields failed, so that a person sees every fault at once.
function crossCheck(faultsOf: (given: Given) => Fault[]) {
  const refine = (given: object, ctx: z.core.$RefinementCtx) => {
    for (const [field, message] of faultsOf(given)) {
      if (message !== null) ctx.addIssue({ code: 'custom', path: [field], message });
    }
  };
  const isObject = ({ value }: { value: unknown }) => typeof value === 'object' && value !== null;
  return [refine, { when: isObject }] as const;
}
