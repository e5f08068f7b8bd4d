import type { ActionResult, FormAction } from '@/components/forms/action-result';
import { ConfirmAction } from '@/components/forms/confirm-action';
import type { AccessCheckView } from '@/lib/domain/access-check/view';
import { type HandOverLinkView, isOpenLink } from '@/lib/domain/hand-over/view';
import { CreateLinkDialog, type MadeLink } from './create-link-dialog';
import { LinkProgress } from './link-progress';

interface LinkCardProps {
  readonly routingId: string;
  /** Newest first. */
  readonly links: readonly HandOverLinkView[];
  readonly check: AccessCheckView | null;
  readonly now: Date;
  /** Null where no link can be made: the routing has been started. */
  readonly create: FormAction<MadeLink> | null;
  readonly revoke: (routingId: string, linkId: string) => Promise<ActionResult>;
}

/** The routing's hand-over link as its makers see it: how far it has come, and how to end it. */
export function LinkCard({ routingId, links, check, now, create, revoke }: LinkCardProps) {
  const hasOpen = links.some(isOpenLink);
  return (
    <div className="rounded-card border border-border bg-surface">
      {links.length === 0 ? (
        <p className="p-4 text-muted sm:p-6">
          {create === null
            ? 'No link was made before the start. New access is entered under Access, by you or by somebody of the customer who is signed in.'
            : 'No link has been made. With one, the customer’s AWS admin hands over access without an account here, and nobody mails a secret.'}
        </p>
      ) : (
        <ul className="divide-y divide-border">
          {links.map((link) => (
            <li key={link.id} className="grid gap-3 p-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:p-6">
              <LinkProgress link={link} check={check} now={now} />
              {isOpenLink(link) ? (
                <ConfirmAction
                  label="Revoke"
                  accessibleLabel={`Revoke the link${link.recipient === null ? '' : ` for ${link.recipient}`}`}
                  pendingLabel="Revoking…"
                  title="Revoke this link?"
                  description="It stops working at once, and so does everything it was passed on to; a page that is open ends within seconds. What was handed over by it stays."
                  done="The link has been revoked"
                  action={revoke.bind(null, routingId, link.id)}
                />
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {create === null ? null : (
        <div className="border-border border-t px-4 py-3 sm:px-6">
          <CreateLinkDialog routingId={routingId} hasOpen={hasOpen} action={create} />
        </div>
      )}
    </div>
  );
}
