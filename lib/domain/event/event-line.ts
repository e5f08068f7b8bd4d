import type { EventReader } from './event-reader';
import type { LineBuffer } from './line-buffer';

/** What collection adds to an event. `time` is RFC 3339 UTC with milliseconds: always 24 characters. */
export interface EventStamp {
  readonly eventId: string;
  readonly time: string;
  readonly workspaceId: string;
  /** The event's own user id, or the one made of its aliases. */
  readonly userId: string;
}

/** Where `time` stands in every line of `type=events`. */
export const EVENT_TIME_OFFSET = '{"event_id":"00000000-0000-0000-0000-000000000000","time":"'.length;

/** Writes the event that the reader holds as one line; the field order is that of the published format. */
export function writeEventLine(lines: LineBuffer, event: EventReader, stamp: EventStamp): void {
  lines.ascii(
    `{"event_id":"${stamp.eventId}","time":"${stamp.time}","name":"${event.name}","workspace_id":"${stamp.workspaceId}","user_id":"${stamp.userId}","session_id":${quoted(event.sessionId)},"view_id":${quoted(event.viewId)},"segments":${event.segments},"cohorts":`,
  );
  const { cohorts, properties, buffer } = event;
  if (cohorts.start < 0) lines.ascii('[]');
  else lines.copyCompact(buffer, cohorts.start, cohorts.end);
  lines.ascii(',"properties":');
  if (properties.start < 0) lines.ascii('{}');
  else if (event.propertiesBroken) lines.copyCompact(buffer, properties.start, properties.end);
  else lines.copy(buffer, properties.start, properties.end);
  lines.ascii('}');
  lines.endLine();
}

/** The event as its sender gets it back: its line without the workspace. */
export function eventAnswer(line: Buffer): Buffer {
  const field = '"workspace_id":"00000000-0000-0000-0000-000000000000",';
  const start = line.indexOf('"workspace_id":');
  return Buffer.concat([line.subarray(0, start), line.subarray(start + field.length, line.length - 1)]);
}

function quoted(uuid: string | null): string {
  return uuid === null ? 'null' : `"${uuid}"`;
}
