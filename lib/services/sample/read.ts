import { gunzipSync } from 'node:zlib';
import { dataTypeSchema } from '@/lib/domain/data-type';
import type { SampleView } from '@/lib/domain/sample/view';
import type { DbTransaction } from '@/lib/platform/db/client';

/**
 * What the newest check of a routing wrote, once it has passed, unpacked from the bytes that were sent; null before.
 * The caller has looked whether the routing may be seen.
 */
export async function readSample(
  db: DbTransaction,
  { routingId }: { readonly routingId: string },
): Promise<SampleView | null> {
  const check = await db.accessCheck.findFirst({
    where: { routingId, state: 'passed' },
    select: {
      sampleFiles: { where: { writtenAt: { not: null } } },
      destination: { select: { bucket: true } },
    },
    orderBy: [{ requestedAt: 'desc' }, { destinationVersion: 'desc' }, { id: 'desc' }],
  });
  const files = check?.sampleFiles ?? [];
  const [first] = files;
  if (check === null || first?.writtenAt == null) return null;
  const removedAt = files.every((file) => file.removedAt !== null) ? first.removedAt : null;
  return {
    bucket: check.destination.bucket,
    writtenAt: first.writtenAt.toISOString(),
    removedAt: removedAt?.toISOString() ?? null,
    files: dataTypeSchema.options.flatMap((dataType) =>
      files
        .filter((file) => file.dataType === dataType)
        .map(({ key, body }) => ({ dataType, key, bytes: body.length, lines: linesOf(body) })),
    ),
  };
}

function linesOf(body: Uint8Array): string[] {
  return gunzipSync(body)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}
