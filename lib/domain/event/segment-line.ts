import type { SegmentLine } from './event-lines';
import type { LineBuffer } from './line-buffer';

/** Writes one line of a segment snapshot; the field order is that of the published format. */
export function writeSegmentLine(lines: LineBuffer, segment: SegmentLine): void {
  lines.utf8(
    JSON.stringify({
      number: segment.number,
      id: segment.id,
      name: segment.name,
      description: segment.description,
      tags: segment.tags,
      state: segment.state,
      workspace_id: segment.workspace_id,
      created_at: segment.created_at,
      last_updated_at: segment.last_updated_at,
    }),
  );
  lines.endLine();
}
