import type { DbTransaction } from '@/lib/platform/db/client';
import { draftGone } from './draft-gone';

interface DraftTaken {
  readonly draftId: string;
  readonly version: number | undefined;
}

/** Ends a draft because its routing is made. Throws CONFLICT when somebody else saved it, NOT_FOUND when it is gone. */
export async function takeDraft(tx: DbTransaction, { draftId, version }: DraftTaken): Promise<void> {
  const { count } = await tx.routingDraft.deleteMany({ where: { id: draftId, version: version ?? 0 } });
  if (count === 0) throw await draftGone(tx, draftId);
}
