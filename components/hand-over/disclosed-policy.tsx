import { ChevronDown } from 'lucide-react';
import { PolicyGuide } from '@/components/routings/connection/policy-guide';
import type { GrantAccess } from '@/lib/domain/grant/grant-place';
import type { HandOverPlace } from '@/lib/domain/hand-over/page-view';

interface DisclosedPolicyProps {
  readonly place: HandOverPlace;
  readonly access: GrantAccess;
}

/** What AWS must allow, ready to copy, behind one line: long for a phone, and needed once. */
export function DisclosedPolicy({ place, access }: DisclosedPolicyProps) {
  return (
    <details className="group grid gap-3">
      <summary className="flex min-h-9 w-fit cursor-pointer list-none items-center gap-2 rounded-control border border-control px-3 font-medium text-sm hover:bg-raised pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        {access.kind === 'role'
          ? 'External ID and policies, with your names filled in'
          : 'The policy, with your names filled in'}
        <ChevronDown aria-hidden className="size-4 transition-transform group-open:rotate-180" />
      </summary>
      <div className="mt-3">
        <PolicyGuide destination={place} access={access} />
      </div>
    </details>
  );
}
