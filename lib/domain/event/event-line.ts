import type { EventReader } from './event-reader';
import type { Span } from './event-spans';
import type { LineBuffer } from './line-buffer';

/** What collection adds to an event. `time` is RFC 3339 UTC with milliseconds: always 24 characters. */
export interface EventStamp {
  readonly eventId: string;
  readonly time: string;
  readonly workspaceId: string;
  /** The user made of the event's aliases; its own `user_id` comes first. */
  readonly userId: string | null;
}

/** Where `time` stands in every line of `type=events`. */
export const EVENT_TIME_OFFSET = '{"event_id":"00000000-0000-0000-0000-000000000000","time":"'.length;

/** Writes the event that the reader holds as one line; the field order is that of the published format. */
export function writeEventLine(lines: LineBuffer, event: EventReader, stamp: EventStamp): void {
  const { spans, buffer } = event;
  lines.ascii(`{"event_id":"${stamp.eventId}","time":"${stamp.time}","name":`);
  writeValue(lines, buffer, spans.name);
  lines.ascii(`,"workspace_id":"${stamp.workspaceId}","user_id":`);
  if (event.hasUserId) writeValue(lines, buffer, spans.user_id);
  else lines.ascii(`"${stamp.userId}"`);
  lines.ascii(',"session_id":');
  writeValue(lines, buffer, spans.session_id);
  lines.ascii(',"view_id":');
  writeValue(lines, buffer, spans.view_id);
  lines.ascii(',"segments":');
  if (spans.segments.start < 0) lines.ascii('[]');
  else writeValue(lines, buffer, spans.segments);
  lines.ascii(',"cohorts":');
  if (spans.cohorts.start < 0) lines.ascii('[]');
  else lines.copyCompact(buffer, spans.cohorts.start, spans.cohorts.end);
  lines.ascii(',"properties":');
  const { start, end } = spans.properties;
  if (start < 0) lines.ascii('{}');
  else if (event.propertiesBroken) lines.copyCompact(buffer, start, end);
  else lines.copy(buffer, start, end);
  lines.ascii('}');
  lines.endLine();
}

/** The value's bytes, or what it is in the form of the line. */
function writeValue(lines: LineBuffer, buffer: Buffer, span: Span): void {
  if (span.start < 0) lines.ascii('null');
  else if (span.json === null) lines.copy(buffer, span.start, span.end);
  else lines.ascii(span.json);
}

const WORKSPACE_FIELD_LENGTH = '"workspace_id":"00000000-0000-0000-0000-000000000000",'.length;
const USER_ID_OFFSET = '"user_id":"'.length;
const UUID_LENGTH = 36;
const TIME_LENGTH = 24;

/** The event as its sender gets it back: its line without the workspace. */
export function eventAnswer(line: Buffer): Buffer {
  const start = line.indexOf('"workspace_id":');
  return Buffer.concat([line.subarray(0, start), line.subarray(start + WORKSPACE_FIELD_LENGTH, -1)]);
}

/** Only the user and the time of a line. */
export function briefEventAnswer(line: Buffer): Buffer {
  const user = line.indexOf('"workspace_id":') + WORKSPACE_FIELD_LENGTH + USER_ID_OFFSET;
  return Buffer.from(
    JSON.stringify({
      user_id: line.toString('latin1', user, user + UUID_LENGTH),
      time: line.toString('latin1', EVENT_TIME_OFFSET, EVENT_TIME_OFFSET + TIME_LENGTH),
    }),
  );
}
