import type { Metadata } from 'next';
import { readAuditQuery } from '@/app/(console)/audit/read-audit-query';
import { found } from '@/app/found';
import { RefusedPage } from '@/app/refused-page';
import { type SearchParams, searchParam } from '@/app/search-param';
import { AuditFilterForm } from '@/components/audit/audit-filter-form';
import { AuditList } from '@/components/audit/audit-list';
import { auditHref, toAuditFilter } from '@/components/audit/audit-query';
import { ChainState } from '@/components/audit/chain-state';
import { Page, PageTitle } from '@/components/layout/page';
import { Pager } from '@/components/layout/pager';
import { EmptyState } from '@/components/ui/empty-state';
import { requireCtx } from '@/lib/auth/require-ctx';
import type { Actor } from '@/lib/domain/access/actor';
import { mayDo } from '@/lib/domain/access/permissions';
import { listAudit } from '@/lib/services/audit/list';
import { readChainState } from '@/lib/services/audit/read-chain-state';
import { listOrganizations } from '@/lib/services/organization/list';

export const metadata: Metadata = { title: 'Audit' };

const PAGE_SIZE = 50;

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const ctx = await requireCtx();
  if (!mayDo(ctx.actor.role, 'audit.read')) {
    return <RefusedPage title="Audit" sentence="The audit is read by administrators and operations." />;
  }
  const query = readAuditQuery(await searchParams);
  const cursor = await searchParam(searchParams, 'cursor');
  const input = {
    ...toAuditFilter(query),
    limit: PAGE_SIZE,
    ...(cursor === '' ? {} : { cursor }),
  };
  const { events, nextCursor } = await found(listAudit({ ctx, input }));
  const ofOrganization = query.organization === '' ? {} : { organizationId: query.organization };
  const chains = await found(readChainState({ ctx, input: ofOrganization }));
  const now = new Date();
  const isVendor = ctx.actor.organizationId === null;
  const { organizations } = isVendor ? await listOrganizations({ ctx }) : { organizations: [] };
  const isFiltered = Object.values(query).some((value) => value !== '');
  return (
    <Page crumbs={[{ label: 'Audit' }]}>
      <PageTitle title="Audit" lead={LEAD[ctx.actor.role]} />
      <ChainState state={chains} now={now} />
      <AuditFilterForm
        query={query}
        organizations={organizations}
        exportHref={auditHref('/audit/export', query)}
        exportLinesHref={auditHref('/audit/export/lines', query)}
        isFiltered={isFiltered}
      />
      {events.length === 0 ? (
        <EmptyState
          sentence={isFiltered ? 'No recorded action is like this filter.' : 'Nothing has been recorded yet.'}
        />
      ) : (
        <AuditList events={events} now={now} showsOrganization={isVendor} />
      )}
      <Pager
        {...(cursor === '' ? {} : { firstHref: auditHref('/audit', query) })}
        {...(nextCursor === null ? {} : { nextHref: auditHref('/audit', query, nextCursor) })}
      />
    </Page>
  );
}

const LEAD: Readonly<Record<Actor['role'], string>> = {
  admin: 'Every recorded action, newest first.',
  ops: 'Every recorded action, newest first.',
  technical_services: 'What you did, newest first.',
  customer_admin: 'What was done in your organization, newest first: by your people, and by ours.',
  customer_viewer: '',
};
