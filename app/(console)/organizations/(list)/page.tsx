import type { Metadata } from 'next';
import { createOrganizationAction } from '@/app/(console)/organizations/actions';
import { RefusedPage } from '@/app/refused-page';
import { type SearchParams, searchParam } from '@/app/search-param';
import { Page, PageTitle } from '@/components/layout/page';
import { CreateNamedButton } from '@/components/organizations/create-named-button';
import { OrganizationSearch } from '@/components/organizations/organization-search';
import { OrganizationTable } from '@/components/organizations/organization-table';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import { listOrganizations } from '@/lib/services/organization/list';

export const metadata: Metadata = { title: 'Organizations' };

export default async function OrganizationsPage({ searchParams }: { searchParams: SearchParams }) {
  const ctx = await requireCtx();
  const { role } = ctx.actor;
  if (!mayDo(role, 'api-key.manage')) {
    return (
      <RefusedPage
        title="Organizations"
        sentence="Organizations and their keys are kept by administrators and technical services."
      />
    );
  }
  const q = (await searchParam(searchParams, 'q')).slice(0, 200).trim();
  const { organizations } = await listOrganizations({ ctx, input: { q } });
  const isBare = organizations.length === 0 && q === '';
  const create = mayDo(role, 'organization.create') ? (
    <CreateNamedButton
      variant="primary"
      noun="organization"
      description="A customer: it owns workspaces, keys and routings."
      example="As the customer calls itself, for example Aurora News."
      action={createOrganizationAction}
      goTo="/organizations"
    />
  ) : undefined;
  return (
    <Page crumbs={[{ label: 'Organizations' }]}>
      <PageTitle
        title="Organizations"
        lead="Customers, with their workspaces and collection keys."
        actions={isBare ? undefined : create}
      />
      {isBare ? null : <OrganizationSearch q={q} />}
      {organizations.length === 0 ? (
        <EmptyState
          sentence={isBare ? 'There is no organization yet.' : `No organization is called like “${q}”.`}
          action={isBare ? create : undefined}
        />
      ) : (
        <OrganizationTable organizations={organizations} now={new Date()} />
      )}
    </Page>
  );
}
