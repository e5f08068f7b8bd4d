import type { Metadata } from 'next';
import { updateRoutingAction } from '@/app/(console)/routings/actions';
import { found } from '@/app/found';
import { Forbidden } from '@/components/layout/forbidden';
import { SettingsForm } from '@/components/routings/form/settings-form';
import { lastEdit } from '@/components/routings/last-edit';
import { RoutingFrame } from '@/components/routings/routing-frame';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import { getRouting } from '@/lib/services/routing/get';
import { listActivity } from '@/lib/services/routing/list-activity';

export const metadata: Metadata = { title: 'Settings' };

const ENDED = ['draining', 'disabled', 'archived'];

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
  const { activity } = await listActivity({ ctx, input: { routingId } });
  return (
    <RoutingFrame routing={routing} mayEdit>
      {ENDED.includes(routing.lifecycle) ? (
        <EmptyState sentence="This routing has ended and can no longer be changed." />
      ) : (
        <SettingsForm
          routing={routing}
          lastEdit={lastEdit(activity)}
          endpoints={ctx.allowedEndpoints}
          action={updateRoutingAction}
        />
      )}
    </RoutingFrame>
  );
}
