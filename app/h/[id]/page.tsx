import type { Metadata } from 'next';
import { HandOverFrame } from '@/components/hand-over/hand-over-frame';
import { HandOverGate } from '@/components/hand-over/hand-over-gate';
import { HandOverSteps } from '@/components/hand-over/hand-over-steps';
import { HandOverWatch } from '@/components/hand-over/hand-over-watch';
import { handOverPage } from '@/lib/auth/hand-over-page';
import { webDeps } from '@/lib/auth/web-deps';
import { AppError } from '@/lib/domain/errors';
import { handOverPath } from '@/lib/domain/hand-over/address';
import type { HandOverPageView } from '@/lib/domain/hand-over/page-view';
import { handOverRevision } from '@/lib/domain/hand-over/revision';
import { readHandOverPage } from '@/lib/services/hand-over/read-page';
import {
  beginAction,
  checkAgainAction,
  declineAction,
  fixCopiedAction,
  giveAccessAction,
  namePlaceAction,
  passOnAction,
  retestRowAction,
} from './actions';

export const metadata: Metadata = { title: 'Set up a delivery', referrer: 'no-referrer' };
export const dynamic = 'force-dynamic';

export default async function HandOverPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const view = await readPage(id);
  const stateHref = `${handOverPath(id)}/state`;
  const { vendorName } = webDeps();
  return (
    <HandOverFrame vendorName={vendorName}>
      {view === null ? (
        <HandOverGate stateHref={stateHref} begin={beginAction.bind(null, id)} />
      ) : (
        <>
          <HandOverWatch stateHref={stateHref} revision={handOverRevision(view)} />
          <HandOverSteps
            view={view}
            vendorName={vendorName}
            now={new Date()}
            actions={{
              namePlace: namePlaceAction.bind(null, id),
              giveAccess: giveAccessAction.bind(null, id),
              passOn: passOnAction.bind(null, id),
              decline: declineAction.bind(null, id),
              checkAgain: checkAgainAction.bind(null, id),
              retestRow: retestRowAction.bind(null, id),
              fixCopied: fixCopiedAction.bind(null, id),
            }}
          />
        </>
      )}
    </HandOverFrame>
  );
}

/** Null for whoever has not begun, whatever the reason: the page in front of it is the same for every address. */
async function readPage(linkId: string): Promise<HandOverPageView | null> {
  try {
    return await readHandOverPage({ ctx: webDeps(), page: await handOverPage(linkId) });
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
