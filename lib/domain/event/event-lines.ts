import { z } from 'zod';

const uuid = z.guid();
const instantMs = z.iso.datetime({ precision: 3 });

/** A line of `type=events`, its keys in the order in which they are written. */
export const eventLineSchema = z.strictObject({
  event_id: uuid,
  time: instantMs,
  name: z.string(),
  workspace_id: uuid,
  user_id: uuid.nullable(),
  session_id: uuid.nullable(),
  view_id: uuid.nullable(),
  segments: z.array(z.int()),
  cohorts: z.array(z.string()),
  properties: z.record(z.string(), z.unknown()),
});

/** A line of `type=sync_aliases`: this user is also known by this alias. */
export const syncAliasLineSchema = z.strictObject({
  time: instantMs,
  workspace_id: uuid,
  user_id: uuid,
  tag: z.string(),
  id: z.string(),
  priority: z.int().nullable(),
  event_id: uuid,
});

/** A line of `type=segment`: one segment of a full snapshot; `number` joins `segments` of events. */
export const segmentLineSchema = z.strictObject({
  number: z.int(),
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  state: z.enum(['enabled', 'disabled']),
  workspace_id: uuid,
  created_at: z.iso.datetime(),
  last_updated_at: z.iso.datetime(),
});

export type EventLine = z.infer<typeof eventLineSchema>;
export type SyncAliasLine = z.infer<typeof syncAliasLineSchema>;
export type SegmentLine = z.infer<typeof segmentLineSchema>;
