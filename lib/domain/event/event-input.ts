import { z } from 'zod';
import { ALIAS_ID_MAX, ALIAS_TAG_MAX, ALIASES_MAX, EVENT_NAME_MAX } from './limits';

export const EVENT_NAME_PATTERN = /^[A-Za-z0-9_]+$/;
/** Any UUID, whatever its version: ids come from many programs. */
export const UUID_PATTERN = /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/;

const uuid = z.string().regex(UUID_PATTERN, 'must be a UUID');

/** Another name of a user, for example a hashed e-mail address. Lower `priority` wins, null comes last. */
export const aliasSchema = z.object({
  tag: z.string().min(1).max(ALIAS_TAG_MAX),
  id: z.string().min(1).max(ALIAS_ID_MAX),
  priority: z.int().nullish(),
});

/**
 * One event as a client sends it. Unknown keys are dropped. The order of the fields decides which fault is
 * reported first; `readEvent` checks bytes against the same rules in the same order.
 */
export const eventInputSchema = z
  .object({
    name: z.string().max(EVENT_NAME_MAX).regex(EVENT_NAME_PATTERN),
    user_id: uuid.nullish(),
    aliases: z.array(aliasSchema).max(ALIASES_MAX).nullish(),
    view_id: uuid.nullish(),
    session_id: uuid.nullish(),
    segments: z.array(z.int()).nullish(),
    cohorts: z.array(z.string()).nullish(),
    properties: z.record(z.string(), z.unknown()).nullish(),
  })
  .refine((event) => event.user_id != null || (event.aliases ?? []).length > 0, {
    path: ['user'],
    message: 'needs user_id or at least one alias',
  });

/** Names a user by aliases; no alias is allowed and stores nothing. */
export const identifyInputSchema = z.object({
  user_id: uuid,
  aliases: z.array(aliasSchema).max(ALIASES_MAX),
});

export type Alias = z.infer<typeof aliasSchema>;
export type EventInput = z.infer<typeof eventInputSchema>;
export type IdentifyInput = z.infer<typeof identifyInputSchema>;
