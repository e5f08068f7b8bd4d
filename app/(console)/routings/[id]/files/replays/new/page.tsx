import type { Metadata } from 'next';
import {
  dryRunAction,
  readLookAction,
  startReplayAction,
} from '@/app/(console)/routings/[id]/files/replays/actions';
import { found } from '@/app/found';
import { RefusedPage } from '@/app/refused-page';
import type { SearchParams } from '@/app/search-param';
import { readReplayDraft } from '@/components/replay/replay-address';
import { ReplayForm } from '@/components/replay/replay-form';
import { s3Address } from '@/components/routings/place';
import { RoutingFrame } from '@/components/routings/routing-frame';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import { routingRefusal } from '@/lib/domain/replay/plan-refusal';
import { getRouting } from '@/lib/services/routing/get';

export const metadata: Metadata = { title: 'Replay' };

interface NewReplayPageProps {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: SearchParams;
}

export default async function NewReplayPage({ params, searchParams }: NewReplayPageProps) {
  const ctx = await requireCtx();
  const { id: routingId } = await params;
  const routing = await found(getRouting({ ctx, input: { routingId } }));
  const { role } = ctx.actor;
  if (!mayDo(role, 'routing.replay')) {
    return (
      <RefusedPage
        title={`Replay of ${routing.name}`}
        sentence="Your role sees files and does not write them again. Ask an administrator of your organization."
      />
    );
  }
  const { lifecycle, destination, dataTypes } = routing;
  const refusal = routingRefusal({
    lifecycle,
    hasAccess: destination.accessKeyIdLast4 !== null || destination.roleArn !== null,
  });
  const draft = readReplayDraft(await searchParams, { dataTypes, now: new Date() });
  return (
    <RoutingFrame routing={routing} mayEdit={mayDo(role, 'destination.change')}>
      <h2 className="mb-4 font-semibold text-md">Replay</h2>
      {refusal === null ? (
        <ReplayForm
          routingId={routing.id}
          draft={draft}
          place={s3Address(destination)}
          dryRun={dryRunAction}
          readLook={readLookAction}
          start={startReplayAction}
        />
      ) : (
        <EmptyState sentence={refusal} />
      )}
    </RoutingFrame>
  );
}
