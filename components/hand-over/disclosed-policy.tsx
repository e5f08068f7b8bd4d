import { ChevronDown } from 'lucide-react';
import { PolicyGuide } from '@/components/routings/connection/policy-guide';
import { CopyBlock } from '@/components/ui/copy-block';
import type { GrantAccess } from '@/lib/domain/grant/grant-place';
import type { HandOverPlace } from '@/lib/domain/hand-over/page-view';

interface DisclosedPolicyProps {
  readonly place: HandOverPlace;
  readonly access: GrantAccess;
}

/**
 * What AWS must allow, ready to copy, behind one line: long for a phone, and needed once. The external id stands in
 * front of it, for whoever makes the role by hand.
 */
export function DisclosedPolicy({ place, access }: DisclosedPolicyProps) {
  return (
    <div className="grid gap-4">
      {access.kind === 'role' ? (
        <div className="grid gap-1">
          <h3 className="font-medium">External ID</h3>
          <p className="text-muted text-sm">Made by us, and safe to show.</p>
          <CopyBlock what="external ID" text={access.externalId} />
        </div>
      ) : null}
      <details className="group grid gap-3">
        <summary className="flex min-h-9 w-fit cursor-pointer list-none items-center gap-2 rounded-control border border-control px-3 py-1 font-medium text-sm hover:bg-raised pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
          JSON, CloudFormation, Terraform and AWS CLI, with your names filled in
          <ChevronDown aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-180" />
        </summary>
        <div className="mt-3">
          <PolicyGuide destination={place} access={access} showsId={false} />
        </div>
      </details>
    </div>
  );
}
