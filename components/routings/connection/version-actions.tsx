'use client';

import type { ActionResult, FormAction } from '@/components/forms/action-result';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { s3Address } from '@/components/routings/place';
import type { DestinationVersionView } from '@/lib/domain/destination/version-view';
import { CompromiseDialog } from './compromise-dialog';

type VersionAction = (routingId: string, destinationVersion: number) => Promise<ActionResult>;

/** Absent for readers who may not. */
export interface VersionVerbs {
  readonly reuse?: VersionAction | undefined;
  readonly markCompromised?: FormAction<null> | undefined;
}

interface VersionActionsProps extends VersionVerbs {
  readonly routingId: string;
  readonly version: DestinationVersionView;
}

/** What can be done with a version: go back to it, or say that its access must not be used again. */
export function VersionActions({ routingId, version, reuse, markCompromised }: VersionActionsProps) {
  const number = version.version;
  const hasAccess = version.accessGivenAt !== null && !version.isErased;
  const isFree = version.state === 'replaced' || version.state === 'dropped';
  const mayReuse = isFree && hasAccess && version.compromisedAt === null;
  return (
    <div className="flex flex-wrap gap-2">
      {reuse !== undefined && mayReuse ? (
        <ConfirmAction
          label="Use again"
          accessibleLabel={`Use version ${number} again`}
          pendingLabel="Asking…"
          title={`Use version ${number} again`}
          description={`A new version with its place, ${s3Address(version)}, and its access is checked. The version in use delivers until that check has passed.`}
          done={`Version ${number} is being checked again.`}
          action={() => reuse(routingId, number)}
        />
      ) : null}
      {markCompromised !== undefined && hasAccess && version.compromisedAt === null ? (
        <CompromiseDialog routingId={routingId} version={version} action={markCompromised} />
      ) : null}
    </div>
  );
}
