import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { ExactTime } from '@/components/time/exact-time';
import { RelativeTime } from '@/components/time/relative-time';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import type { ApiTokenView } from '@/lib/domain/access/api-token';

interface TokenTableProps {
  readonly tokens: readonly ApiTokenView[];
  readonly now: Date;
  readonly revoke: (apiTokenId: string) => Promise<ActionResult>;
}

export function TokenTable({ tokens, now, revoke }: TokenTableProps) {
  return (
    <Table label="API tokens">
      <thead>
        <tr>
          <HeadCell>Name</HeadCell>
          <HeadCell className="hidden sm:table-cell">Ends in</HeadCell>
          <HeadCell>Last used</HeadCell>
          <HeadCell className="hidden sm:table-cell">Expires</HeadCell>
          <HeadCell>
            <span className="sr-only">State</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} now={now} revoke={revoke} />
        ))}
      </tbody>
    </Table>
  );
}

interface TokenRowProps extends Omit<TokenTableProps, 'tokens'> {
  readonly token: ApiTokenView;
}

function TokenRow({ token, now, revoke }: TokenRowProps) {
  const expiresAt = new Date(token.expiresAt);
  const isOver = token.revokedAt !== null || expiresAt <= now;
  return (
    <Row className={isOver ? 'text-muted' : undefined}>
      <Cell className="w-full max-w-0 truncate">{token.name}</Cell>
      <Cell className="hidden font-mono text-xs sm:table-cell">{token.last4}</Cell>
      <Cell className="whitespace-nowrap">
        {token.lastUsedAt === null ? 'never' : <RelativeTime at={new Date(token.lastUsedAt)} now={now} />}
      </Cell>
      <Cell className="hidden sm:table-cell">
        <ExactTime at={expiresAt} now={now} />
      </Cell>
      <Cell className="whitespace-nowrap text-right">
        {isOver ? (
          token.revokedAt === null ? (
            'expired'
          ) : (
            'revoked'
          )
        ) : (
          <ConfirmAction
            label="Revoke"
            accessibleLabel={`Revoke ${token.name}`}
            pendingLabel="Revoking…"
            title={`Revoke “${token.name}”?`}
            description="Programs that use this token are refused from now on. It cannot be undone."
            done={`“${token.name}” is revoked`}
            action={revoke.bind(null, token.id)}
          />
        )}
      </Cell>
    </Row>
  );
}
