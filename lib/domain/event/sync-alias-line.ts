import type { Alias } from './event-input';
import type { LineBuffer } from './line-buffer';

/** Where `time` stands in every line of `type=sync_aliases`. */
export const SYNC_ALIAS_TIME_OFFSET = '{"time":"'.length;

/** Writes one line: this user is also known by this alias. `time` is RFC 3339 UTC with milliseconds. */
export function writeSyncAliasLine(
  lines: LineBuffer,
  alias: Alias,
  stamp: { eventId: string; time: string; workspaceId: string; userId: string },
): void {
  lines.utf8(
    JSON.stringify({
      time: stamp.time,
      workspace_id: stamp.workspaceId,
      user_id: stamp.userId,
      tag: alias.tag,
      id: alias.id,
      priority: alias.priority ?? null,
      event_id: stamp.eventId,
    }),
  );
  lines.endLine();
}
