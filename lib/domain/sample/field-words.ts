import type { DataType } from '@/lib/domain/data-type';

export interface FieldWord {
  readonly field: string;
  /** How it is written in JSON. */
  readonly type: string;
  readonly means: string;
}

const word = (field: string, type: string, means: string): FieldWord => ({ field, type, means });
const WORKSPACE = word('workspace_id', 'UUID', 'the site or app it belongs to');

/** What each field of a line means, in the order of the line. */
export const FIELD_WORDS: Readonly<Record<DataType, readonly FieldWord[]>> = {
  events: [
    word('event_id', 'UUID', 'unique; made at collection; de-duplicate on it'),
    word('time', 'RFC 3339, UTC', 'when it was received; its hour is the partition'),
    word('name', 'text', 'what happened, for example Pageview'),
    WORKSPACE,
    word('user_id', 'UUID or null', 'whose event it is'),
    word('session_id', 'UUID or null', 'the visit it belongs to'),
    word('view_id', 'UUID or null', 'the page view it belongs to'),
    word('segments', 'integers', 'segments held when it happened; each joins number of type=segment'),
    word('cohorts', 'texts', 'cohorts held when it happened'),
    word('properties', 'object', 'what the sender added: the client, and the event’s own fields'),
  ],
  sync_aliases: [
    word('time', 'RFC 3339, UTC', 'when it was received; its hour is the partition'),
    WORKSPACE,
    word('user_id', 'UUID', 'the user who is also known by this alias'),
    word('tag', 'text', 'what kind of alias it is, for example a hashed e-mail address'),
    word('id', 'text', 'the alias itself'),
    word('priority', 'integer or null', 'the lower one wins; null comes last'),
    word('event_id', 'UUID', 'unique; de-duplicate on it'),
  ],
  segment: [
    word('number', 'integer', 'joins segments of an event'),
    word('id', 'text', 'the segment’s own id'),
    word('name', 'text', 'what people call it'),
    word('description', 'text or null', 'what it stands for'),
    word('tags', 'texts', 'what it is filed under'),
    word('state', 'text', 'enabled or disabled'),
    WORKSPACE,
    word('created_at', 'RFC 3339, UTC', 'when it was made'),
    word('last_updated_at', 'RFC 3339, UTC', 'when it was last changed'),
  ],
};
