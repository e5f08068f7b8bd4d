import type { DataType } from '@/lib/domain/data-type';
import { writeEventLine } from '@/lib/domain/event/event-line';
import { EventReader } from '@/lib/domain/event/event-reader';
import { LineBuffer } from '@/lib/domain/event/line-buffer';
import { writeSegmentLine } from '@/lib/domain/event/segment-line';
import { writeSyncAliasLine } from '@/lib/domain/event/sync-alias-line';

/** Where and when a sample is made: UUIDs, and RFC 3339 UTC with milliseconds. */
export interface SampleAt {
  readonly workspaceId: string;
  readonly eventId: string;
  readonly time: string;
}

const LINE_BYTES_EXPECTED = 1_024;
/** Nobody's: no user of a customer gets the nil UUID's neighbour. */
const USER_ID = '00000000-0000-4000-8000-000000000001';
const NOTE = 'Written by Sluice to try this bucket. No event, user or segment of yours is behind it.';

/** An event as a client would send it, which says of itself that it is none. */
const EVENT = Buffer.from(
  JSON.stringify({
    name: 'SluiceTest',
    user_id: USER_ID,
    session_id: '00000000-0000-4000-8000-000000000002',
    view_id: '00000000-0000-4000-8000-000000000003',
    segments: [0],
    cohorts: ['sluice-test'],
    properties: {
      note: NOTE,
      client: {
        type: 'web',
        url: 'https://example.com/news?page=2',
        domain: 'example.com',
        title: 'Example',
        referrer: 'https://example.com/',
        user_agent: 'Sluice access check',
      },
    },
  }),
);

/** The one line of a sample of this type, written by what writes every line of it. */
export function sampleLines(type: DataType, { workspaceId, eventId, time }: SampleAt): Buffer {
  const lines = new LineBuffer(LINE_BYTES_EXPECTED);
  switch (type) {
    case 'events': {
      const event = new EventReader();
      event.open(EVENT);
      event.read(0);
      writeEventLine(lines, event, { eventId, time, workspaceId, userId: null });
      break;
    }
    case 'sync_aliases': {
      const alias = { tag: 'sluice_test', id: 'written-by-sluice-to-try-this-bucket', priority: 0 };
      writeSyncAliasLine(lines, alias, { eventId, time, workspaceId, userId: USER_ID });
      break;
    }
    case 'segment':
      writeSegmentLine(lines, {
        ...{ number: 0, id: 'sluice-test', name: 'Sluice test', description: NOTE, tags: ['sluice-test'] },
        ...{ state: 'disabled', workspace_id: workspaceId, created_at: time, last_updated_at: time },
      });
      break;
  }
  return lines.bytes;
}
