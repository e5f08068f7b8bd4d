import { z } from 'zod';
import { nameSchema } from '@/lib/domain/access/name';
import { contactsSchema } from '@/lib/domain/contact/contacts';
import { accessWaysSchema } from '@/lib/domain/destination/access-ways';
import { ownerAccountSchema } from '@/lib/domain/destination/account';
import { idSchema } from '@/lib/domain/id';
import { settingsFaults, settingsFields } from './fields';
import type { NamedRef } from './view';

/** Who names the bucket: whoever designs the routing, or the customer by their hand-over link. */
export const placeBySchema = z.enum(['us', 'customer'], { error: 'Say who names the bucket.' });
export type PlaceBy = z.infer<typeof placeBySchema>;

const { endpoint, bucket, region, prefix, kmsKeyArn } = settingsFields;
const { dataTypes, eventNames, promiseSeconds, flushIntervalMs } = settingsFields;

/** What a draft holds besides whose it is and its name, each field as the routing would have it, or not yet. */
export const draftFieldsSchema = z
  .object({
    ...{ endpoint, bucket, region, prefix, kmsKeyArn },
    ...{ dataTypes, eventNames, promiseSeconds, flushIntervalMs },
    ...contactsSchema.shape,
    ownerAccountId: ownerAccountSchema,
    placeBy: placeBySchema,
    accessWays: accessWaysSchema,
  })
  .partial();
export type DraftFields = z.output<typeof draftFieldsSchema>;

/** Saves a draft: its first time without an id and version, then with those that were answered. */
export const saveDraftSchema = z.object({
  draftId: idSchema().optional(),
  version: z.int().min(1).optional(),
  organizationId: idSchema('Choose an organization.'),
  workspaceId: idSchema('Choose a workspace.'),
  name: nameSchema,
  /** As typed: what is not valid yet is told, and left out. */
  fields: z.record(z.string(), z.unknown()),
});
export type SaveDraftInput = z.input<typeof saveDraftSchema>;

export const draftIdSchema = z.object({ draftId: idSchema() });
export type DraftIdInput = z.input<typeof draftIdSchema>;

export interface RoutingDraftView {
  readonly id: string;
  /** Send it back with the next save: another one in the database means that somebody else saved it. */
  readonly version: number;
  readonly name: string;
  readonly organization: NamedRef;
  readonly workspace: NamedRef;
  readonly fields: DraftFields;
  readonly savedBy: NamedRef;
  /** RFC 3339, UTC. */
  readonly savedAt: string;
}

export interface KeptFields {
  readonly fields: DraftFields;
  /** What is wrong with what was left out, by field; what is merely missing is not among it. */
  readonly faults: Readonly<Record<string, string>>;
}

/** Keeps the fields that are valid by themselves and with one another, so that a draft never holds anything else. */
export function keepValid(typed: Readonly<Record<string, unknown>>): KeptFields {
  const kept: Record<string, unknown> = {};
  const faults: Record<string, string> = {};
  for (const [field, schema] of Object.entries(draftFieldsSchema.shape)) {
    const value = typed[field];
    if (isBlank(value)) continue;
    const parsed = schema.safeParse(value);
    if (parsed.success) kept[field] = parsed.data;
    else faults[field] = parsed.error.issues[0]?.message ?? 'This needs attention.';
  }
  for (const [field, message] of settingsFaults(kept)) {
    if (message === null || !(field in kept)) continue;
    delete kept[field];
    faults[field] = message;
  }
  return { fields: draftFieldsSchema.parse(kept), faults };
}

/** Nothing is typed: an empty field, or a number that is not there yet. An empty endpoint stands for AWS. */
function isBlank(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || value === '' || Number.isNaN(value);
}
