import { randomUUID } from 'node:crypto';
import { createPostgresEventLog } from '@/lib/platform/event-log/postgres-event-log';
import { createSql } from '@/lib/platform/sql';
import { testChunk } from './chunk';

// A collector reduced to its appends, to be frozen and killed: `append-forever.ts <stream id>…`. DATABASE_URL says
// where; the text of every stored line is printed once the log has answered.
const sql = createSql({
  databaseUrl: process.env.DATABASE_URL ?? '',
  applicationName: 'append-forever',
  connectionsMax: 2,
});
const log = createPostgresEventLog({ sql });
const streamIds = process.argv.slice(2).map(Number);
for (;;) {
  const hourMs = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const lines = streamIds.map(() => randomUUID());
  const chunks = await Promise.all(
    streamIds.map((streamId, i) => testChunk(streamId, [lines[i] ?? ''], { hourMs })),
  );
  const result = await log.append({ appendId: randomUUID(), chunks, idempotency: [] });
  if (result.kind !== 'stored') throw new Error(`The append was answered ${result.kind}`);
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}
