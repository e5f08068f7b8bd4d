'use client';

import { LoaderCircle } from 'lucide-react';
import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { s3Address } from '@/components/routings/place';
import type { DestinationVersionView } from '@/lib/domain/destination/version-view';

type VersionAction = (routingId: string, destinationVersion: number) => Promise<ActionResult>;

interface CandidateBannerProps {
  readonly routingId: string;
  readonly candidate: DestinationVersionView;
  readonly inUse: number;
  /** Its check has failed so far. */
  readonly hasFailed: boolean;
  /** Absent for readers who may not. */
  readonly adopt?: VersionAction | undefined;
  readonly drop?: VersionAction | undefined;
}

/** A change that is checked beside the version in use: what it is, what happens next, and the two ways out. */
export function CandidateBanner({
  routingId,
  candidate,
  inUse,
  hasFailed,
  adopt,
  drop,
}: CandidateBannerProps) {
  const { version } = candidate;
  return (
    <section
      aria-label="Change on its way"
      className="mb-8 flex gap-3 rounded-card border border-info bg-info-bg p-4 text-info"
    >
      <LoaderCircle aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="grid min-w-0 gap-3 break-words">
        <div className="max-w-[72ch]">
          <p className="font-semibold">
            {hasFailed
              ? `Version ${version} has not passed its check. Version ${inUse} goes on delivering.`
              : `Version ${version} is being checked. Version ${inUse} delivers until it has passed.`}
          </p>
          <p className="text-text">
            It goes to <span className="break-all font-mono text-sm">{s3Address(candidate)}</span> and is used
            by itself as soon as every required check passes; what fails is tried again by itself. Access
            entered now is for this version, and another change of the destination replaces it.
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {drop === undefined ? null : (
            <ConfirmAction
              label="Drop this change"
              accessibleLabel={`Drop version ${version}`}
              pendingLabel="Dropping…"
              title={`Drop version ${version}`}
              description={`Version ${inUse} stays in use. What was entered for version ${version} stays in the list of versions.`}
              done={`Version ${version} was dropped.`}
              action={() => drop(routingId, version)}
            />
          )}
          {adopt === undefined ? null : (
            <ConfirmAction
              label="Use it without a passed check"
              accessibleLabel={`Use version ${version} without a passed check`}
              pendingLabel="Switching…"
              title={`Use version ${version} without a passed check`}
              description="Files go to it from now on. If it does not work, they wait until it does: nothing is lost, but nothing arrives either. The audit keeps who decided this."
              done={`Version ${version} is in use.`}
              action={() => adopt(routingId, version)}
            />
          )}
        </div>
      </div>
    </section>
  );
}
