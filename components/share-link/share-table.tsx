import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { ExactTime } from '@/components/time/exact-time';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import type { ShareLinkView } from '@/lib/domain/share-link/view';

interface ShareTableProps {
  readonly links: readonly ShareLinkView[];
  readonly now: Date;
  readonly revoke: (routingId: string, linkId: string) => Promise<ActionResult>;
}

/** Who shared what until when; the addresses themselves are known to nobody here. */
export function ShareTable({ links, now, revoke }: ShareTableProps) {
  return (
    <Table label="Share links">
      <thead>
        <tr>
          <HeadCell>Routing</HeadCell>
          <HeadCell className="hidden md:table-cell">Made by</HeadCell>
          <HeadCell className="hidden sm:table-cell">Opened</HeadCell>
          <HeadCell>Works until</HeadCell>
          <HeadCell className="text-right">
            <span className="sr-only">State</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {links.map((link) => (
          <Row key={link.id} className={link.state === 'open' ? undefined : 'text-muted'}>
            <Cell className="w-full max-w-0 truncate">{link.routing.name}</Cell>
            <Cell className="hidden whitespace-nowrap md:table-cell">{link.createdBy}</Cell>
            <Cell className="hidden whitespace-nowrap sm:table-cell">
              {link.openedAt === null ? 'not yet' : <ExactTime at={new Date(link.openedAt)} now={now} />}
            </Cell>
            <Cell className="whitespace-nowrap">
              <ExactTime at={new Date(link.expiresAt)} now={now} />
            </Cell>
            <Cell className="whitespace-nowrap text-right">
              {link.state === 'open' ? (
                <ConfirmAction
                  label="Revoke"
                  accessibleLabel={`Revoke the link to ${link.routing.name}`}
                  pendingLabel="Revoking…"
                  title="Revoke this link?"
                  description="Whoever has it sees nothing any more, within a minute also where its page is open. It cannot be undone."
                  done="The link has been revoked"
                  action={revoke.bind(null, link.routing.id, link.id)}
                />
              ) : (
                link.state
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
