import { AppError } from '@/lib/domain/errors';
import type { DbTransaction } from '@/lib/platform/db/client';

/** Why a draft of this version could not be had: somebody saved it, made its routing, or threw it away. */
export async function draftGone(tx: DbTransaction, draftId: string): Promise<AppError> {
  const [draft, routing] = await Promise.all([
    tx.routingDraft.findUnique({ where: { id: draftId }, select: { id: true } }),
    tx.routing.findUnique({ where: { id: draftId }, select: { id: true } }),
  ]);
  if (draft !== null) {
    return new AppError(
      'CONFLICT',
      'Somebody else saved this draft while you were writing it. Reload to see it as it is now; nothing of yours was saved.',
    );
  }
  return new AppError(
    'NOT_FOUND',
    routing === null
      ? 'Somebody discarded this draft. What you typed is still here, and becomes a new draft with your next change.'
      : 'The routing of this draft has been created already. Look for it in the list before you create another.',
  );
}
