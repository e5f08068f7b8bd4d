import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { ExactTime } from '@/components/time/exact-time';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import type { ApiKeyView } from '@/lib/domain/access/api-key';

interface KeyTableProps {
  readonly workspaceName: string;
  readonly keys: readonly ApiKeyView[];
  readonly now: Date;
  readonly revoke: (apiKeyId: string) => Promise<ActionResult>;
}

/** The collection keys of one workspace; of a key only its last four signs are known. */
export function KeyTable({ workspaceName, keys, now, revoke }: KeyTableProps) {
  return (
    <Table label={`Collection keys of ${workspaceName}`}>
      <thead>
        <tr>
          <HeadCell>Name</HeadCell>
          <HeadCell>Kind</HeadCell>
          <HeadCell className="hidden sm:table-cell">Ends in</HeadCell>
          <HeadCell className="hidden sm:table-cell">Created</HeadCell>
          <HeadCell className="text-right">
            <span className="sr-only">State</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <Row key={key.id} className={key.revokedAt === null ? undefined : 'text-muted'}>
            <Cell className="w-full max-w-0 truncate">{key.name}</Cell>
            <Cell>{key.kind}</Cell>
            <Cell className="hidden font-mono text-xs sm:table-cell">{key.last4}</Cell>
            <Cell className="hidden sm:table-cell">
              <ExactTime at={new Date(key.createdAt)} now={now} />
            </Cell>
            <Cell className="whitespace-nowrap text-right">
              {key.revokedAt === null ? (
                <ConfirmAction
                  label="Revoke"
                  accessibleLabel={`Revoke ${key.name}`}
                  pendingLabel="Revoking…"
                  title={`Revoke “${key.name}”?`}
                  description="Whoever uses this key is refused from now on. Events collected so far are still delivered. It cannot be undone."
                  done={`“${key.name}” is revoked`}
                  action={revoke.bind(null, key.id)}
                />
              ) : (
                <>
                  revoked <ExactTime at={new Date(key.revokedAt)} now={now} />
                </>
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
