import { createShareLinkAction, revokeShareLinkAction } from '@/app/(console)/organizations/share-actions';
import { Section } from '@/components/layout/page';
import { CreateShareDialog } from '@/components/share-link/create-share-dialog';
import { ShareTable } from '@/components/share-link/share-table';
import { EmptyState } from '@/components/ui/empty-state';
import { mayDo } from '@/lib/domain/access/permissions';
import type { Ctx } from '@/lib/services/context';
import { listRoutings } from '@/lib/services/routing/list';
import { listShareLinks } from '@/lib/services/share-link/list';

interface ShareLinksProps {
  readonly ctx: Ctx;
  readonly organizationId: string;
  readonly now: Date;
}

const ROUTINGS_MAX = 200;

/** The links to the status of the organization's routings, for its administrators. */
export async function ShareLinks({ ctx, organizationId, now }: ShareLinksProps) {
  if (!mayDo(ctx.actor.role, 'share-link.manage')) return null;
  const [{ shareLinks }, { routings }] = await Promise.all([
    listShareLinks({ ctx, input: {} }),
    listRoutings({ ctx, input: { organizationId, sort: 'name', limit: ROUTINGS_MAX } }),
  ]);
  const refs = routings.map(({ id, name }) => ({ id, name }));
  return (
    <Section
      title="Share links"
      lead="Show the status of a routing to somebody without an account, for seven days at most."
      actions={
        refs.length === 0 ? null : <CreateShareDialog routings={refs} action={createShareLinkAction} />
      }
    >
      {shareLinks.length === 0 ? (
        <EmptyState sentence="No link has been made." />
      ) : (
        <ShareTable links={shareLinks} now={now} revoke={revokeShareLinkAction} />
      )}
    </Section>
  );
}
