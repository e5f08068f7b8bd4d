import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { HandOverFrame } from '@/components/hand-over/hand-over-frame';
import { ShareGate } from '@/components/share-link/share-gate';
import { SharedStatus } from '@/components/share-link/shared-status';
import { sharePage } from '@/lib/auth/share-page';
import { webDeps } from '@/lib/auth/web-deps';
import { AppError } from '@/lib/domain/errors';
import type { SharedStatusView } from '@/lib/domain/share-link/view';
import { readSharedStatus } from '@/lib/services/share-link/read-page';
import { openAction } from './actions';

export const metadata: Metadata = {
  title: 'Shared status',
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
};
export const dynamic = 'force-dynamic';

export default async function SharedPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const now = new Date();
  const status = await readPage(id, now);
  return (
    <HandOverFrame vendorName={webDeps().vendorName}>
      {typeof status === 'string' ? (
        <p className="rounded-card border border-border bg-surface p-4 sm:p-6">{status}</p>
      ) : status === null ? (
        <ShareGate open={openAction.bind(null, id)} />
      ) : (
        <SharedStatus status={status} now={now} />
      )}
    </HandOverFrame>
  );
}

/** Null for whoever has not proven the address, a sentence for whoever has to wait. */
async function readPage(linkId: string, now: Date): Promise<SharedStatusView | string | null> {
  try {
    const { db, sealer, allowedEndpoints } = webDeps();
    const ctx = { db, sealer, allowedEndpoints, requestId: randomUUID() };
    return await readSharedStatus({ ctx, page: await sharePage(linkId), now });
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    if (error instanceof AppError && error.code === 'LIMIT') return error.message;
    throw error;
  }
}
