import { type FilesAddress, rangeOfMonth } from '@/components/hours/files-address';
import type { LastReconciliation } from '@/components/reconciliation/reconciliation-section';
import { AppError } from '@/lib/domain/errors';
import type { HourView } from '@/lib/domain/hour/view';
import type { ReplayView } from '@/lib/domain/replay/view';
import type { FileDetailView, FileView, RoutingView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { getFile } from '@/lib/services/file/get';
import { listFiles } from '@/lib/services/file/list';
import { listHours } from '@/lib/services/hour/list-hours';
import { listReplays } from '@/lib/services/replay/list';
import { readLastReconciliation } from './read-last-reconciliation';

export interface FilesOfPage {
  readonly files: readonly FileView[];
  readonly nextCursor: string | null;
  /** Of the month; null for a type without hours. */
  readonly hours: readonly HourView[] | null;
  /** The newest ones; dry runs only while they go on. */
  readonly replays: readonly ReplayView[];
  readonly lastReconciliation: LastReconciliation | null;
  /** The one in the side panel. */
  readonly file: FileDetailView | null;
}

interface Given {
  readonly ctx: Ctx;
  readonly routing: RoutingView;
  readonly address: FilesAddress;
  readonly now: Date;
}

const PAGE_SIZE = 50;
const REPLAYS_READ = 10;
const REPLAYS_SHOWN = 3;

/** What the files page shows for its address. */
export async function readFilesPage({ ctx, routing, address, now }: Given): Promise<FilesOfPage> {
  const { type, month, hour, cursor } = address;
  const routingId = routing.id;
  const choice = { ...(hour === null ? {} : { hour }), ...(cursor === null ? {} : { cursor }) };
  const [{ files, nextCursor }, hours, file, { replays }, lastReconciliation] = await Promise.all([
    listFiles({ ctx, input: { routingId, type, limit: PAGE_SIZE, ...choice } }),
    type === 'segment' ? null : listHours({ ctx, input: { routingId, type, ...rangeOfMonth(month, now) } }),
    readOpenFile(ctx, routingId, address.fileId),
    listReplays({ ctx, input: { routingId, limit: REPLAYS_READ } }),
    readLastReconciliation(ctx, routingId),
  ]);
  const shown = replays.filter(({ mode, state }) => mode !== 'look' || state === 'running');
  return {
    files,
    nextCursor,
    hours: hours?.hours ?? null,
    replays: shown.slice(0, REPLAYS_SHOWN),
    lastReconciliation,
    file,
  };
}

/** A file that is gone or another routing's is as if none was chosen. */
async function readOpenFile(
  ctx: Ctx,
  routingId: string,
  fileId: string | null,
): Promise<FileDetailView | null> {
  if (fileId === null) return null;
  try {
    const file = await getFile({ ctx, input: { fileId } });
    return file.routingId === routingId ? file : null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
