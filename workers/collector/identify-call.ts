import { randomUUID } from 'node:crypto';
import { identifyInputSchema } from '@/lib/domain/event/event-input';
import { LineBuffer } from '@/lib/domain/event/line-buffer';
import { parseDocument } from '@/lib/domain/event/parse-document';
import { writeSyncAliasLine } from '@/lib/domain/event/sync-alias-line';
import { type Receipt, syncAliasLines } from './event-writer';
import { NO_BYTES, type Prepared } from './prepared';

/** `POST /v2.0/identify`: a user's aliases, one line each. Without aliases nothing is stored. */
export function prepareIdentify(body: Buffer, receipt: Receipt): Prepared {
  const input = parseDocument(body, identifyInputSchema);
  const userId = input.user_id.toLowerCase();
  const lines = new LineBuffer(body.length);
  for (const alias of input.aliases)
    writeSyncAliasLine(lines, alias, {
      eventId: randomUUID(),
      time: receipt.time,
      workspaceId: receipt.workspaceId,
      userId,
    });
  return {
    status: 200,
    receivedAtMs: receipt.receivedAtMs,
    refused: null,
    parts: [{ lines: lines.rows > 0 ? [syncAliasLines(lines)] : [], fragment: () => NO_BYTES }],
    assemble: () => Buffer.from(JSON.stringify({ user_id: userId })),
  };
}
