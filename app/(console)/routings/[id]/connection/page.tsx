import type { Metadata } from 'next';
import { enterAccessAction, updateDestinationAction } from '@/app/(console)/routings/actions';
import { found } from '@/app/found';
import { CheckSection } from '@/components/access-check/check-section';
import { LinkCard } from '@/components/hand-over/link-card';
import { Section } from '@/components/layout/page';
import { AccessCard } from '@/components/routings/connection/access-card';
import { CandidateBanner } from '@/components/routings/connection/candidate-banner';
import { CompromisedBanner } from '@/components/routings/connection/compromised-banner';
import { ConnectionStatus } from '@/components/routings/connection/connection-status';
import { DestinationCard } from '@/components/routings/connection/destination-card';
import { VersionTable } from '@/components/routings/connection/version-table';
import { WaysToAllow } from '@/components/routings/connection/ways-to-allow';
import { NoticeList } from '@/components/routings/contacts/notice-list';
import { HoldBanners } from '@/components/routings/held/hold-banners';
import { lastEdit } from '@/components/routings/last-edit';
import { LiveRoutingFrame } from '@/components/routings/live-routing-frame';
import { SampleCard } from '@/components/sample/sample-card';
import { requireCtx } from '@/lib/auth/require-ctx';
import { mayDo } from '@/lib/domain/access/permissions';
import { isOpenLink } from '@/lib/domain/hand-over/view';
import { isUnstarted } from '@/lib/domain/routing/label';
import { hasEnded, takesAccess } from '@/lib/domain/routing/transition';
import { getAccessCheck } from '@/lib/services/access-check/get';
import { getRoleGrant } from '@/lib/services/credential/get-role-grant';
import { listDestinationVersions } from '@/lib/services/destination/list-versions';
import { readLastAnswers } from '@/lib/services/destination/read-last-answers';
import { listHandOverLinks } from '@/lib/services/hand-over/list';
import { listNotices } from '@/lib/services/notice/list';
import { getRouting } from '@/lib/services/routing/get';
import { listActivity } from '@/lib/services/routing/list-activity';
import { getSample } from '@/lib/services/sample/get';
import { checkAccessAction, fixCopiedAction, retestRowAction } from './check-actions';
import { createLinkAction, revokeLinkAction } from './hand-over-actions';
import { sendNoticeAgainAction } from './notice-actions';
import {
  adoptCandidateAction,
  dropCandidateAction,
  markCompromisedAction,
  reuseVersionAction,
} from './version-actions';

export const metadata: Metadata = { title: 'Connection' };

const MOVING_REFRESH_MS = 2_000;

export default async function ConnectionPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireCtx();
  const { id: routingId } = await params;
  const routing = await found(getRouting({ ctx, input: { routingId } }));
  const { role, organizationId } = ctx.actor;
  const mayHandOver = mayDo(role, 'hand-over.manage');
  const [{ versions }, answers, { activity }, { handOverLinks: links }, check, roleGrant, sample] =
    await Promise.all([
      listDestinationVersions({ ctx, input: { routingId } }),
      readLastAnswers({ ctx, input: { routingId } }),
      listActivity({ ctx, input: { routingId, filter: 'people' } }),
      mayHandOver ? listHandOverLinks({ ctx, input: { routingId } }) : { handOverLinks: [] },
      getAccessCheck({ ctx, input: { routingId } }),
      getRoleGrant({ ctx, input: { routingId } }),
      routing.lastFile === null ? getSample({ ctx, input: { routingId } }) : null,
    ]);
  const now = new Date();
  const isOpen = !hasEnded(routing.lifecycle);
  // Its access is destroyed: what was proven of it, and what it needed, holds no more.
  const isArchived = routing.lifecycle === 'archived';
  const mayChange = isOpen && mayDo(role, 'destination.change');
  const mayEnter = takesAccess(routing.lifecycle) && mayDo(role, 'access.enter');
  const edit = lastEdit(activity);
  const isCustomer = organizationId !== null;
  const inUse = versions.find(({ isInUse }) => isInUse);
  const candidate = versions.find(({ state }) => state === 'candidate');
  const hasAccess = versions.some(({ isInUse, accessGivenAt }) => isInUse && accessGivenAt !== null);
  const isMoving =
    candidate !== undefined ||
    links.some(isOpenLink) ||
    check?.state === 'running' ||
    (check?.retries ?? null) !== null;
  return (
    <LiveRoutingFrame
      routing={routing}
      role={role}
      now={now}
      // How far a link or a check has come changes nothing about the routing itself.
      {...(isMoving ? { refreshEveryMs: MOVING_REFRESH_MS } : {})}
    >
      <HoldBanners routing={routing} now={now} isCustomer={isCustomer} />
      <ConnectionStatus routing={routing} now={now} isCustomer={isCustomer} />
      {inUse === undefined || inUse.compromisedAt === null ? null : (
        <CompromisedBanner compromisedAt={inUse.compromisedAt} now={now} />
      )}
      {candidate === undefined ? null : (
        <CandidateBanner
          routingId={routingId}
          candidate={candidate}
          inUse={routing.destination.version}
          hasFailed={check?.state === 'failed'}
          adopt={mayEnter && mayDo(role, 'routing.start') ? adoptCandidateAction : undefined}
          drop={mayEnter && mayDo(role, 'destination.change') ? dropCandidateAction : undefined}
        />
      )}
      <Section title="Destination" lead="Where the files of this routing go.">
        <DestinationCard
          routing={routing}
          change={
            mayChange
              ? { lastEdit: edit, endpoints: ctx.allowedEndpoints, action: updateDestinationAction }
              : undefined
          }
        />
      </Section>
      <Section
        title="Access"
        lead="A role that trusts us, or the access keys of an IAM user. Keys are stored encrypted and never shown."
      >
        <AccessCard
          routing={routing}
          givenAt={inUse?.accessGivenAt ?? null}
          answers={answers}
          now={now}
          isCustomer={isCustomer}
          enter={
            mayEnter
              ? { lastEdit: edit, offersRole: roleGrant !== null, action: enterAccessAction }
              : undefined
          }
        />
      </Section>
      {mayHandOver ? (
        <Section
          title="Hand-over link"
          lead="For the customer’s AWS admin, who needs no account here. It supplies access and decides nothing: somebody who is signed in confirms the destination and starts."
        >
          <LinkCard
            routingId={routingId}
            links={links}
            check={check}
            now={now}
            create={isUnstarted(routing.lifecycle) ? createLinkAction : null}
            revoke={revokeLinkAction}
          />
        </Section>
      ) : null}
      {mayDo(role, 'contact.see') ? (
        <Section title="Who was told" lead="Mails and webhook calls about this routing.">
          <NoticeList
            notices={(await listNotices({ ctx, input: { routingId } })).notices}
            now={now}
            sendAgain={
              isOpen && mayDo(role, 'contact.manage')
                ? sendNoticeAgainAction.bind(null, routingId)
                : undefined
            }
          />
        </Section>
      ) : null}
      {isArchived ? null : (
        <Section title="Access check" lead="What Sluice tried with this access, and what came of it.">
          <CheckSection
            routingId={routingId}
            check={check}
            now={now}
            isCustomer={isCustomer}
            actions={
              isOpen && hasAccess && mayDo(role, 'access.check')
                ? { check: checkAccessAction, retestRow: retestRowAction, fixCopied: fixCopiedAction }
                : undefined
            }
          />
        </Section>
      )}
      {sample === null ? null : (
        <Section title="What lands in the bucket" lead="Until the first real file is there.">
          <SampleCard sample={sample} now={now} />
        </Section>
      )}
      {isArchived ? null : (
        <Section title="What AWS must allow">
          <WaysToAllow destination={routing.destination} roleGrant={roleGrant} />
        </Section>
      )}
      <Section
        title="Versions"
        lead="Every change of place, encryption or access is a version. A file that is sealed keeps the place of its version."
      >
        <VersionTable
          routingId={routingId}
          versions={versions}
          now={now}
          verbs={{
            ...(mayEnter && mayDo(role, 'destination.change') ? { reuse: reuseVersionAction } : {}),
            ...(mayEnter ? { markCompromised: markCompromisedAction } : {}),
          }}
        />
      </Section>
    </LiveRoutingFrame>
  );
}
