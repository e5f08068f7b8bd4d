import type { Metadata } from 'next';
import {
  archiveAction,
  disableAction,
  setRetentionAction,
  updateSettingsAction,
} from '@/app/(console)/routings/actions';
import { found } from '@/app/found';
import { RefusedPage } from '@/app/refused-page';
import { ContactsForm } from '@/components/routings/contacts/contacts-form';
import { WebhookCard } from '@/components/routings/contacts/webhook-card';
import { EndingSection } from '@/components/routings/ending/ending-section';
import { RetentionForm } from '@/components/routings/ending/retention-form';
import { SettingsForm } from '@/components/routings/form/settings-form';
import { lastEdit } from '@/components/routings/last-edit';
import { LiveRoutingFrame } from '@/components/routings/live-routing-frame';
import { RoutingFrame } from '@/components/routings/routing-frame';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import { hasEnded, isDraft } from '@/lib/domain/routing/transition';
import type { RoutingView } from '@/lib/domain/routing/view';
import { listContacts } from '@/lib/services/contact/list';
import type { Ctx } from '@/lib/services/context';
import { measureTraffic } from '@/lib/services/destination/measure-traffic';
import { getRouting } from '@/lib/services/routing/get';
import { listActivity } from '@/lib/services/routing/list-activity';
import { removeWebhookAction, setContactsAction, setWebhookAction } from './contact-actions';

export const metadata: Metadata = { title: 'Settings' };

interface SettingsProps {
  readonly ctx: Ctx;
  readonly routing: RoutingView;
}

export default async function SettingsPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireCtx();
  const { id: routingId } = await params;
  const routing = await found(getRouting({ ctx, input: { routingId } }));
  const { role } = ctx.actor;
  if (!mayDo(role, 'destination.change')) {
    return (
      <RefusedPage
        title={`Settings of ${routing.name}`}
        sentence="Your role sees this routing and does not change it. Ask an administrator of your organization."
      />
    );
  }
  if (hasEnded(routing.lifecycle)) {
    return (
      <LiveRoutingFrame routing={routing} role={role} now={new Date()}>
        <Ending ctx={ctx} routing={routing} />
      </LiveRoutingFrame>
    );
  }
  return (
    <RoutingFrame routing={routing} mayEdit>
      <Settings ctx={ctx} routing={routing} />
      <Told ctx={ctx} routing={routing} />
      {mayDo(role, 'routing.retention') ? (
        <Card>
          <RetentionForm key={routing.retentionHours} routing={routing} action={setRetentionAction} />
        </Card>
      ) : null}
      <Ending ctx={ctx} routing={routing} />
    </RoutingFrame>
  );
}

async function Settings({ ctx, routing }: SettingsProps) {
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

/** Of an ended routing everybody reads how it stands; only some may end one. */
function Ending({ ctx, routing }: SettingsProps) {
  const { role } = ctx.actor;
  const mayDisable = mayDo(role, 'routing.disable');
  const mayArchive = mayDo(role, 'routing.archive');
  if (!mayDisable && !mayArchive && !hasEnded(routing.lifecycle)) return null;
  return (
    <Card>
      <EndingSection
        routing={routing}
        now={new Date()}
        disable={mayDisable ? disableAction : null}
        archive={mayArchive ? archiveAction : null}
      />
    </Card>
  );
}

function Card({ children }: { readonly children: React.ReactNode }) {
  return (
    <div className="mt-6 max-w-5xl rounded-card border border-border bg-surface first:mt-0">{children}</div>
  );
}

/** Who is told; it is no part of the versioned settings and is saved by itself. */
async function Told({ ctx, routing }: { readonly ctx: Ctx; readonly routing: RoutingView }) {
  if (hasEnded(routing.lifecycle) || !mayDo(ctx.actor.role, 'contact.manage')) return null;
  const { contacts, webhook } = await listContacts({ ctx, input: { routingId: routing.id } });
  return (
    <div className="mt-6 grid gap-6">
      <ContactsForm routingId={routing.id} contacts={contacts} action={setContactsAction} />
      <WebhookCard
        routingId={routing.id}
        webhook={webhook}
        set={setWebhookAction}
        remove={removeWebhookAction}
      />
    </div>
  );
}
