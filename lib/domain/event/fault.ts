import { BATCH_EVENTS_MAX, DEPTH_MAX, EVENT_BYTES_MAX } from './limits';

/** Why bytes are not JSON that every reader understands alike. After `syntax` nothing that follows can be read. */
export type JsonFault =
  | 'syntax'
  | 'utf8'
  | 'depth'
  | 'duplicate_key'
  | 'proto_key'
  | 'lone_surrogate'
  | 'nul';

/** Why an event is refused; the closed list of reason classes. */
export type EventFault =
  | JsonFault
  | 'event_bytes'
  | 'not_an_object'
  | 'name'
  | 'user_id'
  | 'aliases'
  | 'view_id'
  | 'session_id'
  | 'segments'
  | 'cohorts'
  | 'properties'
  | 'properties_bytes'
  | 'user';

const SENTENCES: Readonly<Record<EventFault, string>> = {
  syntax: 'This is not JSON.',
  utf8: 'This is not valid UTF-8.',
  depth: `Objects and arrays are nested more than ${DEPTH_MAX} deep.`,
  duplicate_key: 'An object holds the same key twice; readers would disagree on which one counts.',
  proto_key: 'The key __proto__ is not allowed.',
  lone_surrogate: 'A string holds half of a surrogate pair, which is not a character.',
  nul: 'A string holds \\u0000, which many readers cannot store.',
  event_bytes: `The event is larger than ${EVENT_BYTES_MAX} bytes.`,
  not_an_object: 'An event is a JSON object.',
  name: 'name is required: 1 to 255 characters of A-Z, a-z, 0-9 and _.',
  user_id: 'user_id must be a UUID.',
  aliases: 'aliases must be a list of at most 100 {tag, id, priority}, with tag and id not empty.',
  view_id: 'view_id must be a UUID.',
  session_id: 'session_id must be a UUID.',
  segments: 'segments must be a list of integers.',
  cohorts: 'cohorts must be a list of strings.',
  properties: 'properties must be an object.',
  properties_bytes: 'properties are larger than 950 KB.',
  user: 'The event names no user: send user_id or at least one alias.',
};

/** A sentence for the client: what is wrong and what would be right. */
export function describeFault(fault: EventFault): string {
  return SENTENCES[fault];
}

export const BATCH_TOO_LONG = `A batch holds at most ${BATCH_EVENTS_MAX} events.`;

/** Every sentence with which an event or a batch is refused: none of them holds a client's text. */
export const REFUSAL_SENTENCES: ReadonlySet<string> = new Set([...Object.values(SENTENCES), BATCH_TOO_LONG]);
