import type { Metadata } from 'next';
import { updateSettingsAction } from '@/app/(console)/routings/actions';
import { found } from '@/app/found';
import { Forbidden } from '@/components/layout/forbidden';
import { SettingsForm } from '@/components/routings/form/settings-form';
import { lastEdit } from '@/components/routings/last-edit';
import { RoutingFrame } from '@/components/routings/routing-frame';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import { hasEnded, isDraft } from '@/lib/domain/routing/transition';
import type { RoutingView } from '@/lib/domain/routing/view';
import type { Ctx } from '@/lib/services/context';
import { measureTraffic } from '@/lib/services/destination/measure-traffic';
import { getRouting } from '@/lib/services/routing/get';
import { listActivity } from '@/lib/services/routing/list-activity';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireCtx();
  const { id: routingId } = await params;
  const routing = await found(getRouting({ ctx, input: { routingId } }));
  if (!mayDo(ctx.actor.role, 'destination.change')) {
    return (
      <Forbidden
        title={`Settings of ${routing.name}`}
        sentence="Your role sees this routing and does not change it. Ask an administrator of your organization."
      />
    );
  }
  return (
    <RoutingFrame routing={routing} mayEdit>
      <Settings ctx={ctx} routing={routing} />
    </RoutingFrame>
  );
}

async function Settings({ ctx, routing }: { readonly ctx: Ctx; readonly routing: RoutingView }) {
  if (hasEnded(routing.lifecycle)) {
    return <EmptyState sentence="This routing has ended and can no longer be changed." />;
  }
  if (isDraft(routing.lifecycle) && !mayDo(ctx.actor.role, 'routing.edit-draft')) {
    return (
      <EmptyState sentence="This routing is being set up for you. Once it has been started you can change its settings here." />
    );
  }
  const [{ activity }, { trafficByWorkspace }] = await Promise.all([
    listActivity({ ctx, input: { routingId: routing.id, filter: 'people' } }),
    measureTraffic({ ctx, input: { organizationId: routing.organization.id } }),
  ]);
  return (
    <SettingsForm
      routing={routing}
      lastEdit={lastEdit(activity)}
      traffic={trafficByWorkspace[routing.workspace.id] ?? {}}
      action={updateSettingsAction}
    />
  );
}
