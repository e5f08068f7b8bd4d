import { draftFieldsSchema, type RoutingDraftView } from '@/lib/domain/routing/draft';
import type { Db, DbTransaction } from '@/lib/platform/db/client';

interface Wanted {
  readonly draftId?: string;
  /** Absent: of every organization. */
  readonly organizationId?: string;
}

const LISTED_MAX = 100;

/** Drafts with whose they are, the last saved first. */
export async function readDrafts(db: Db | DbTransaction, wanted: Wanted): Promise<RoutingDraftView[]> {
  const { draftId, organizationId } = wanted;
  const rows = await db.routingDraft.findMany({
    where: {
      ...(draftId === undefined ? {} : { id: draftId }),
      ...(organizationId === undefined ? {} : { organizationId }),
      workspace: { deletedAt: null },
    },
    include: {
      workspace: { include: { organization: { select: { id: true, name: true } } } },
      savedByUser: { select: { id: true, name: true } },
    },
    orderBy: [{ savedAt: 'desc' }, { id: 'asc' }],
    take: LISTED_MAX,
  });
  return rows.map(({ id, version, name, workspace, savedByUser, savedAt, fields }) => ({
    id,
    version,
    name,
    organization: workspace.organization,
    workspace: { id: workspace.id, name: workspace.name },
    fields: draftFieldsSchema.parse(fields),
    savedBy: savedByUser,
    savedAt: savedAt.toISOString(),
  }));
}
