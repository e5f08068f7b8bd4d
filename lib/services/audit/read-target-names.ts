import type { Db } from '@/lib/platform/db/client';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface NamedRow {
  readonly ref: string;
  readonly name: string;
}

/** The names of today of what was acted on, by `kind:id`; what has no name is missing from the answer. */
export async function readTargetNames(db: Db, targets: readonly string[]): Promise<Map<string, string>> {
  const idsOf = (kind: string) => [
    ...new Set(
      targets.flatMap((target) => {
        const [ofKind, id = ''] = target.split(':');
        return ofKind === kind && UUID.test(id) ? [id] : [];
      }),
    ),
  ];
  const rows = await db.$queryRaw<NamedRow[]>`
    SELECT 'routing:' || id AS ref, name FROM routing WHERE id = ANY (${idsOf('routing')}::uuid[])
    UNION ALL SELECT 'workspace:' || id, name FROM workspace WHERE id = ANY (${idsOf('workspace')}::uuid[])
    UNION ALL SELECT 'organization:' || id, name FROM organization WHERE id = ANY (${idsOf('organization')}::uuid[])
    UNION ALL SELECT 'api-key:' || id, name FROM api_key WHERE id = ANY (${idsOf('api-key')}::uuid[])
    UNION ALL SELECT 'api-token:' || id, name FROM api_token WHERE id = ANY (${idsOf('api-token')}::uuid[])`;
  return new Map(rows.map(({ ref, name }) => [ref, name]));
}
