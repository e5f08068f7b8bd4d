import { RotateCcw } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { found } from '@/app/found';
import type { SearchParams } from '@/app/search-param';
import { FileDetail } from '@/components/files/file-detail';
import { FilePanel } from '@/components/files/file-panel';
import { FileTable } from '@/components/files/file-table';
import {
  type FilesAddress,
  filesHref,
  monthsBetween,
  readFilesAddress,
} from '@/components/hours/files-address';
import { FilesFilters } from '@/components/hours/files-filters';
import { HoursSection } from '@/components/hours/hours-section';
import { Pager } from '@/components/layout/pager';
import { ReconciliationSection } from '@/components/reconciliation/reconciliation-section';
import { newReplayHref } from '@/components/replay/replay-address';
import { ReplayList } from '@/components/replay/replay-list';
import { LiveRoutingFrame } from '@/components/routings/live-routing-frame';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import type { Role } from '@/lib/domain/access/actor';
import { mayDo } from '@/lib/domain/access/permissions';
import { comparisonRefusal } from '@/lib/domain/reconciliation/refusal';
import { isUnstarted } from '@/lib/domain/routing/label';
import { hasEnded } from '@/lib/domain/routing/transition';
import type { FileDetailView, RoutingView } from '@/lib/domain/routing/view';
import { getRouting } from '@/lib/services/routing/get';
import { FileLines } from './file-lines';
import { type FilesOfPage, readFilesPage } from './read-files-page';
import { startReconciliationAction } from './reconciliation-actions';

export const metadata: Metadata = { title: 'Files' };

interface FilesPageProps {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

export default async function FilesPage({ params, searchParams }: FilesPageProps) {
  const ctx = await requireCtx();
  const { id: routingId } = await params;
  const now = new Date();
  const routing = await found(getRouting({ ctx, input: { routingId } }));
  const address = readFilesAddress(await searchParams, { dataTypes: routing.dataTypes, now });
  const page = await found(readFilesPage({ ctx, routing, address, now }));
  return (
    <LiveRoutingFrame routing={routing} role={ctx.actor.role} now={now}>
      {isUnstarted(routing.lifecycle) ? (
        <EmptyState sentence="This routing has not been started: its hours and files appear here with the first event after the start." />
      ) : (
        <Body routing={routing} address={address} page={page} now={now} role={ctx.actor.role} />
      )}
      {page.file === null ? null : (
        <Panel routing={routing} address={address} file={page.file} role={ctx.actor.role} />
      )}
    </LiveRoutingFrame>
  );
}

interface BodyProps {
  readonly routing: RoutingView;
  readonly address: FilesAddress;
  readonly page: FilesOfPage;
  readonly now: Date;
  readonly role: Role;
}

function Body({ routing, address, page, now, role }: BodyProps) {
  const mayReplay = mayDo(role, 'routing.replay') && !hasEnded(routing.lifecycle);
  const href = (change: Partial<FilesAddress>) => filesHref(routing.id, address, change);
  return (
    <>
      <FilesFilters
        routingId={routing.id}
        address={address}
        dataTypes={routing.dataTypes}
        months={monthsBetween(earliestMonth(routing, address), now)}
      />
      <HoursSection routing={routing} address={address} hours={page.hours} now={now} mayReplay={mayReplay} />
      <Replays routing={routing} replays={page.replays} now={now} />
      <div className="mt-6 mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold text-md">
          {address.hour === null ? 'Newest files' : 'Files of this hour'}
        </h2>
        {mayReplay && address.hour === null ? (
          <Button asChild size="sm">
            <Link href={newReplayHref(routing.id, { type: address.type })}>
              <RotateCcw aria-hidden />
              Replay a range…
            </Link>
          </Button>
        ) : null}
      </div>
      {page.files.length === 0 ? (
        <EmptyState sentence={noFiles(address)} />
      ) : (
        <FileTable
          routingId={routing.id}
          files={page.files}
          promiseSeconds={routing.promiseSeconds}
          now={now}
          hrefOf={(file) => href({ fileId: file.id })}
          openId={address.fileId}
          isOfOneType
        />
      )}
      <Pager
        {...(address.cursor === null ? {} : { firstHref: href({ cursor: null, fileId: null }) })}
        {...(page.nextCursor === null ? {} : { nextHref: href({ cursor: page.nextCursor, fileId: null }) })}
      />
      <ReconciliationSection
        routingId={routing.id}
        last={page.lastReconciliation}
        mayCompare={mayDo(role, 'routing.reconcile')}
        refusal={comparisonRefusal(routing)}
        mayReplay={mayReplay}
        start={startReconciliationAction}
        now={now}
      />
    </>
  );
}

interface ReplaysProps {
  readonly routing: RoutingView;
  readonly replays: FilesOfPage['replays'];
  readonly now: Date;
}

function Replays({ routing, replays, now }: ReplaysProps) {
  if (replays.length === 0) return null;
  return (
    <>
      <h2 className="mt-6 mb-3 font-semibold text-md">Replays</h2>
      <ReplayList routingId={routing.id} replays={replays} now={now} />
    </>
  );
}

/** Months before the routing was made are offered only when the address names one. */
function earliestMonth(routing: RoutingView, { month }: FilesAddress): Date {
  return new Date(Math.min(Date.parse(routing.createdAt), Date.parse(`${month}-01T00:00:00Z`)));
}

function noFiles({ hour, type }: FilesAddress): string {
  if (hour !== null) return 'No file of this hour is in the bucket.';
  return `No file of ${type} has been delivered yet. The first one appears here within the promise of the first event.`;
}

interface PanelProps {
  readonly routing: RoutingView;
  readonly address: FilesAddress;
  readonly file: FileDetailView;
  readonly role: Role;
}

function Panel({ routing, address, file, role }: PanelProps) {
  return (
    <FilePanel
      fileId={file.id}
      name={file.key.split('/').at(-1) ?? file.key}
      pageHref={`/routings/${routing.id}/files/${file.id}`}
      closeHref={filesHref(routing.id, address, { fileId: null })}
    >
      <FileDetail
        file={file}
        promiseSeconds={routing.promiseSeconds}
        firstLines={<FileLines file={file} role={role} />}
      />
    </FilePanel>
  );
}
