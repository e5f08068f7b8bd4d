import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ensureStream } from '@/lib/services/stream/ensure-stream';
import { TEST_HOUR_MS, testChunk } from '@/lib/testing/chunk';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenant';
import { toAppendParameters } from './append-statement';

/** How a collector appends that does not count. */
const PARAMETERS = 20;
const APPEND = `SELECT log.append(${Array.from({ length: PARAMETERS }, (_, i) => `$${i + 1}`).join(', ')}) AS offsets`;

test('what a collector of the version before appends is counted by its chunks, beside the newer ones’ counts', async () => {
  const { sql, close } = await createTestDatabase();
  const streamId = await ensureStream(sql, { ...(await createTenant(sql)), type: 'events' });
  const chunks = [await testChunk(streamId, ['a', 'b']), await testChunk(streamId, ['c'])];
  const append = { appendId: randomUUID(), chunks, idempotency: [] };
  for (let again = 0; again < 2; again += 1) {
    const { rows } = await sql.query<{ offsets: number[] }>(
      APPEND,
      toAppendParameters(append).slice(0, PARAMETERS),
    );
    expect(rows[0]?.offsets.map(Number)).toEqual([0, 1]);
  }
  const { rows } = await sql.query(
    `SELECT rows, of_chunks FROM log.accepted_hours($1, to_timestamp($2 / 1000.0), 'infinity')`,
    [streamId, TEST_HOUR_MS],
  );
  expect(rows).toEqual([{ rows: 3, of_chunks: 3 }]);
  await close();
});
