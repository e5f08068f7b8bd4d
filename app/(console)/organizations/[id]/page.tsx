import type { Metadata } from 'next';
import Link from 'next/link';
import {
  createApiKeyAction,
  createWorkspaceAction,
  revokeApiKeyAction,
} from '@/app/(console)/organizations/actions';
import { found } from '@/app/found';
import { Forbidden } from '@/components/layout/forbidden';
import { Page, PageTitle } from '@/components/layout/page';
import { CreateNamedButton } from '@/components/organizations/create-named-button';
import { WorkspaceSection } from '@/components/organizations/workspace-section';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import { webDeps } from '@/lib/auth/web-deps';
import { mayDo } from '@/lib/domain/access/permissions';
import { listApiKeys } from '@/lib/services/api-key/list';
import type { Ctx } from '@/lib/services/context';
import { getOrganization } from '@/lib/services/organization/get';
import { listWorkspaces } from '@/lib/services/workspace/list';

export const metadata: Metadata = { title: 'Organization' };

export default async function OrganizationPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireCtx();
  const { id: organizationId } = await params;
  const { role } = ctx.actor;
  if (!mayDo(role, 'api-key.manage')) {
    return (
      <Forbidden
        title="Organization"
        sentence="Organizations and their keys are kept by administrators and technical services."
      />
    );
  }
  const organization = await found(getOrganization({ ctx, input: { organizationId } }));
  const workspaces = await workspacesWithKeys(ctx, organizationId);
  const now = new Date();
  const createWorkspace = mayDo(role, 'workspace.create') ? (
    <CreateNamedButton
      noun="workspace"
      description="A site or an app of this organization."
      example="For example Main site."
      hidden={{ organizationId }}
      action={createWorkspaceAction}
    />
  ) : undefined;
  return (
    <Page crumbs={[...parentOf(ctx), { label: organization.name }]}>
      <PageTitle
        title={organization.name}
        lead="Its workspaces, and the keys with which they send events."
        actions={
          <>
            {mayDo(role, 'routing.create') ? (
              <Button asChild>
                <Link href={`/routings/new?organization=${organizationId}`}>New routing</Link>
              </Button>
            ) : null}
            {workspaces.length === 0 ? null : createWorkspace}
          </>
        }
      />
      {workspaces.length === 0 ? (
        <EmptyState
          sentence="There is no workspace yet. A workspace is a site or an app; its events are collected and delivered together."
          action={createWorkspace}
        />
      ) : null}
      {workspaces.map(({ workspace, keys }) => (
        <WorkspaceSection
          key={workspace.id}
          workspace={workspace}
          keys={keys}
          now={now}
          collectorUrl={webDeps().collectorUrl}
          create={createApiKeyAction}
          revoke={revokeApiKeyAction}
        />
      ))}
    </Page>
  );
}

async function workspacesWithKeys(ctx: Ctx, organizationId: string) {
  const { workspaces } = await listWorkspaces({ ctx, input: { organizationId } });
  return Promise.all(
    workspaces.map(async (workspace) => {
      const { apiKeys } = await listApiKeys({ ctx, input: { workspaceId: workspace.id } });
      return { workspace, keys: apiKeys };
    }),
  );
}

function parentOf({ actor }: Ctx) {
  return actor.organizationId === null ? [{ label: 'Organizations', href: '/organizations' }] : [];
}
