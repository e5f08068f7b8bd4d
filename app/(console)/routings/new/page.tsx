import type { Metadata } from 'next';
import { createOrganizationAction, createWorkspaceAction } from '@/app/(console)/organizations/actions';
import { createRoutingAction } from '@/app/(console)/routings/actions';
import { found } from '@/app/found';
import { type SearchParams, searchParam } from '@/app/search-param';
import { Forbidden } from '@/components/layout/forbidden';
import { Page, PageTitle } from '@/components/layout/page';
import { CreateRoutingForm } from '@/components/routings/form/create-routing-form';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import type { Ctx } from '@/lib/services/context';
import { measureTraffic } from '@/lib/services/destination/measure-traffic';
import { listOrganizations } from '@/lib/services/organization/list';
import { listWorkspaces } from '@/lib/services/workspace/list';

export const metadata: Metadata = { title: 'New routing' };

export default async function NewRoutingPage({ searchParams }: { searchParams: SearchParams }) {
  const ctx = await requireCtx();
  if (!mayDo(ctx.actor.role, 'routing.create')) {
    return (
      <Forbidden title="New routing" sentence="Routings are created by the people who onboard customers." />
    );
  }
  const organizationId = await searchParam(searchParams, 'organization');
  const { organizations } = await listOrganizations({ ctx });
  const { workspaces, trafficByWorkspace } = await readOrganization(ctx, organizationId);
  return (
    <Page crumbs={[{ label: 'Routings', href: '/routings' }, { label: 'New routing' }]}>
      <PageTitle title="New routing" lead="Delivers the events of one workspace to one S3 bucket." />
      <CreateRoutingForm
        organizations={organizations.map(({ id, name }) => ({ id, name }))}
        organizationId={organizationId}
        workspaces={workspaces.map(({ id, name }) => ({ id, name }))}
        trafficByWorkspace={trafficByWorkspace}
        endpoints={ctx.allowedEndpoints}
        ownerActions={{
          createOrganization: createOrganizationAction,
          createWorkspace: createWorkspaceAction,
        }}
        action={createRoutingAction}
      />
    </Page>
  );
}

async function readOrganization(ctx: Ctx, organizationId: string) {
  if (organizationId === '') return { workspaces: [], trafficByWorkspace: {} };
  const input = { organizationId };
  const [{ workspaces }, { trafficByWorkspace }] = await found(
    Promise.all([listWorkspaces({ ctx, input }), measureTraffic({ ctx, input })]),
  );
  return { workspaces, trafficByWorkspace };
}
