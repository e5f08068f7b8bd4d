import Link from 'next/link';
import { StatusBadge } from '@/components/routings/status-badge';
import { ExactTime } from '@/components/time/exact-time';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import type { OrganizationView } from '@/lib/domain/access/organization';
import { formatCount } from '@/lib/domain/format/count';

interface OrganizationTableProps {
  readonly organizations: readonly OrganizationView[];
  readonly now: Date;
}

export function OrganizationTable({ organizations, now }: OrganizationTableProps) {
  return (
    <Table label="Organizations">
      <thead>
        <tr>
          <HeadCell>Name</HeadCell>
          <HeadCell>Worst status</HeadCell>
          <HeadCell className="hidden text-right sm:table-cell">Workspaces</HeadCell>
          <HeadCell className="text-right">Routings</HeadCell>
          <HeadCell className="hidden md:table-cell">Created</HeadCell>
        </tr>
      </thead>
      <tbody>
        {organizations.map((organization) => (
          <Row key={organization.id} className="relative hover:bg-raised">
            <Cell className="w-full max-w-0">
              <Link
                href={`/organizations/${organization.id}`}
                className="block truncate font-medium -outline-offset-2 after:absolute after:inset-0"
              >
                {organization.name}
              </Link>
            </Cell>
            <Cell>
              {organization.worstLabel === null ? (
                <span className="text-muted">–</span>
              ) : (
                <StatusBadge label={organization.worstLabel} />
              )}
            </Cell>
            <Cell className="hidden text-right sm:table-cell">{formatCount(organization.workspaces)}</Cell>
            <Cell className="text-right">{formatCount(organization.routings)}</Cell>
            <Cell className="hidden md:table-cell">
              <ExactTime at={new Date(organization.createdAt)} now={now} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
