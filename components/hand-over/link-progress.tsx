import { ExactTime } from '@/components/time/exact-time';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import type { AccessCheckView } from '@/lib/domain/access-check/view';
import type { HandOverLinkView } from '@/lib/domain/hand-over/view';
import { checkSentence, LINK_STATE_WORDS } from './link-words';

interface LinkProgressProps {
  readonly link: HandOverLinkView;
  readonly check: AccessCheckView | null;
  readonly now: Date;
}

const TONE: Readonly<Record<HandOverLinkView['state'], BadgeTone>> = {
  open: 'info',
  submitted: 'good',
  declined: 'bad',
  revoked: 'neutral',
  expired: 'neutral',
};

/** One link and the steps it has come through, each with its moment. */
export function LinkProgress({ link, check, now }: LinkProgressProps) {
  const { recipient, createdBy, createdAt, expiresAt, state } = link;
  return (
    <div className="grid min-w-0 gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={TONE[state]}>{LINK_STATE_WORDS[state]}</Badge>
        <span className="min-w-0 break-words font-medium">{recipient ?? 'No recipient named'}</span>
      </div>
      <p className="text-muted text-sm">
        {link.parentId === null ? 'Made by' : 'Passed on by'} {createdBy} <At at={createdAt} now={now} />
        {state === 'open' ? (
          <>
            {' '}
            · ends <At at={expiresAt} now={now} />
          </>
        ) : null}
      </p>
      <ol className="flex flex-wrap gap-x-2 gap-y-1 text-sm">
        {link.openedAt === null ? (
          <li className="text-muted">Not opened yet</li>
        ) : (
          <li>
            Opened <At at={link.openedAt} now={now} />
          </li>
        )}
        {link.accessGivenAt === null ? null : (
          <li>
            → Access entered ({link.accessKind === 'role' ? 'role' : 'keys'}){' '}
            <At at={link.accessGivenAt} now={now} />
          </li>
        )}
        {link.accessGivenAt === null || check === null || state !== 'open' ? null : (
          <li>→ {checkSentence(check)}</li>
        )}
        {link.submittedAt === null ? null : (
          <li>
            → Check passed, handed over <At at={link.submittedAt} now={now} />
          </li>
        )}
        {link.endedAt === null ? null : (
          <li>
            → {state === 'declined' ? 'Not expected, so ended' : 'Ended'} <At at={link.endedAt} now={now} />
          </li>
        )}
      </ol>
    </div>
  );
}

function At({ at, now }: { readonly at: string; readonly now: Date }) {
  return <ExactTime at={new Date(at)} now={now} />;
}
