import { ROLE_NAMES } from '@/components/account/role-names';
import { RelativeTime } from '@/components/time/relative-time';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import type { PersonView } from '@/lib/domain/access/person';

interface PeopleTableProps {
  readonly people: readonly PersonView[];
  readonly now: Date;
}

/** Who of an organization may sign in, as what, and when they were last here. */
export function PeopleTable({ people, now }: PeopleTableProps) {
  return (
    <Table label="People">
      <thead>
        <tr>
          <HeadCell>Name</HeadCell>
          <HeadCell className="hidden sm:table-cell">E-mail</HeadCell>
          <HeadCell>Role</HeadCell>
          <HeadCell>Last seen</HeadCell>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Row key={person.id} className={person.isDisabled ? 'text-muted' : undefined}>
            <Cell className="w-1/2 min-w-28">
              <span className="block font-medium">{person.name}</span>
              <span className="block break-all text-muted sm:hidden">{person.email}</span>
            </Cell>
            <Cell className="hidden sm:table-cell">{person.email}</Cell>
            <Cell className="whitespace-nowrap">{ROLE_NAMES[person.role]}</Cell>
            <Cell className="whitespace-nowrap">
              {person.isDisabled ? (
                'disabled'
              ) : person.lastSeenAt === null ? (
                'never'
              ) : (
                <RelativeTime at={new Date(person.lastSeenAt)} now={now} />
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
