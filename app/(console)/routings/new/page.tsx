import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { createOrganizationAction, createWorkspaceAction } from '@/app/(console)/organizations/actions';
import { found } from '@/app/found';
import { RefusedPage } from '@/app/refused-page';
import { type SearchParams, searchParam } from '@/app/search-param';
import { CreateRoutingForm } from '@/components/routings/form/create-routing-form';
import { requireCtx } from '@/lib/auth/require-ctx';
import { webDeps } from '@/lib/auth/web-deps';
import { mayDo } from '@/lib/domain/access/permissions';
import { AppError } from '@/lib/domain/errors';
import type { RoutingDraftView } from '@/lib/domain/routing/draft';
import type { Ctx } from '@/lib/services/context';
import { principalFor } from '@/lib/services/credential/require-role-way';
import { measureTraffic } from '@/lib/services/destination/measure-traffic';
import { listOrganizations } from '@/lib/services/organization/list';
import { getRouting } from '@/lib/services/routing/get';
import { getRoutingDraft } from '@/lib/services/routing/get-draft';
import { listWorkspaces } from '@/lib/services/workspace/list';
import { createRoutingAction } from './create-action';
import { discardDraftAction, saveDraftAction } from './draft-actions';

export const metadata: Metadata = { title: 'New routing' };

export default async function NewRoutingPage({ searchParams }: { searchParams: SearchParams }) {
  const ctx = await requireCtx();
  if (!mayDo(ctx.actor.role, 'routing.create')) {
    return (
      <RefusedPage title="New routing" sentence="Routings are created by the people who onboard customers." />
    );
  }
  const draftId = await searchParam(searchParams, 'draft');
  const stored = draftId === '' ? null : await readDraft(ctx, draftId);
  // What was chosen last: the draft may still hold the organization before.
  const organizationId = (await searchParam(searchParams, 'organization')) || (stored?.organization.id ?? '');
  const { organizations } = await listOrganizations({ ctx });
  const { workspaces, trafficByWorkspace } = await readOrganization(ctx, organizationId);
  const { name, email } = ctx.actor;
  return (
    <CreateRoutingForm
      stored={stored}
      organizations={organizations.map(({ id, name }) => ({ id, name }))}
      organizationId={organizationId}
      workspaces={workspaces.map(({ id, name }) => ({ id, name }))}
      trafficByWorkspace={trafficByWorkspace}
      endpoints={ctx.allowedEndpoints}
      ownerActions={{
        createOrganization: createOrganizationAction,
        createWorkspace: createWorkspaceAction,
      }}
      draftActions={{ save: saveDraftAction, discard: discardDraftAction }}
      create={createRoutingAction}
      people={{
        asker: { name, email },
        vendorName: webDeps().vendorName,
        role: {
          atAws: principalFor(ctx, '') !== null,
          elsewhere: ctx.roleWay?.servesOwnStores ?? false,
        },
        openedAt: new Date().toISOString(),
      }}
    />
  );
}

/** A draft that became a routing leads there; one that was discarded is not found. */
async function readDraft(ctx: Ctx, draftId: string): Promise<RoutingDraftView | null> {
  try {
    return await getRoutingDraft({ ctx, input: { draftId } });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
  }
  await found(getRouting({ ctx, input: { routingId: draftId } }));
  redirect(`/routings/${draftId}/connection`);
}

async function readOrganization(ctx: Ctx, organizationId: string) {
  if (organizationId === '') return { workspaces: [], trafficByWorkspace: {} };
  const input = { organizationId };
  const [{ workspaces }, { trafficByWorkspace }] = await found(
    Promise.all([listWorkspaces({ ctx, input }), measureTraffic({ ctx, input })]),
  );
  return { workspaces, trafficByWorkspace };
}
