import type { Metadata } from 'next';
import Link from 'next/link';
import {
  createApiKeyAction,
  createWorkspaceAction,
  revokeApiKeyAction,
} from '@/app/(console)/organizations/actions';
import { ShareLinks } from '@/app/(console)/organizations/share-links';
import { found } from '@/app/found';
import { RefusedPage } from '@/app/refused-page';
import { Page, PageTitle, Section } from '@/components/layout/page';
import { CreateNamedButton } from '@/components/organizations/create-named-button';
import { PeopleTable } from '@/components/organizations/people-table';
import { WorkspaceSection } from '@/components/organizations/workspace-section';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import { webDeps } from '@/lib/auth/web-deps';
import { mayDo } from '@/lib/domain/access/permissions';
import { listApiKeys } from '@/lib/services/api-key/list';
import type { Ctx } from '@/lib/services/context';
import { getOrganization } from '@/lib/services/organization/get';
import { listPeople } from '@/lib/services/user/list-people';
import { listWorkspaces } from '@/lib/services/workspace/list';
import { readTraffic } from '@/lib/services/workspace/read-traffic';

export const metadata: Metadata = { title: 'Organization' };

export default async function OrganizationPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireCtx();
  const { id: organizationId } = await params;
  const { role } = ctx.actor;
  if (!mayDo(role, 'api-key.manage')) {
    return (
      <RefusedPage
        title="Organization"
        sentence="Organizations and their keys are kept by administrators and technical services."
      />
    );
  }
  const organization = await found(getOrganization({ ctx, input: { organizationId } }));
  const workspaces = await workspacesWithKeys(ctx, organizationId);
  const { traffic } = await readTraffic({ ctx, input: { organizationId } });
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
        lead="Its workspaces with what they send and their keys, and its people."
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
          traffic={traffic.find(({ workspaceId }) => workspaceId === workspace.id)}
          now={now}
          collectorUrl={webDeps().collectorUrl}
          create={createApiKeyAction}
          revoke={revokeApiKeyAction}
        />
      ))}
      <People ctx={ctx} organizationId={organizationId} now={now} />
      <ShareLinks ctx={ctx} organizationId={organizationId} now={now} />
    </Page>
  );
}

async function People({ ctx, organizationId, now }: { ctx: Ctx; organizationId: string; now: Date }) {
  const { people } = await listPeople({ ctx, input: { organizationId } });
  return (
    <Section title="People" lead="Who signs in for this organization.">
      {people.length === 0 ? (
        <EmptyState sentence="Nobody of this organization has a login yet." />
      ) : (
        <PeopleTable people={people} now={now} />
      )}
    </Section>
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
