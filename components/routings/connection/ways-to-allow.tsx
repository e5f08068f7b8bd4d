'use client';

import { useState } from 'react';
import { type AccessWay, AccessWayRadios } from '@/components/routings/form/access-way-radios';
import type { GrantAccess } from '@/lib/domain/grant/grant-place';
import type { DestinationView } from '@/lib/domain/routing/view';
import { PolicyGuide } from './policy-guide';

interface WaysToAllowProps {
  readonly destination: DestinationView;
  /** Whom a role has to trust; null where access by role is not offered. */
  readonly roleGrant: Extract<GrantAccess, { kind: 'role' }> | null;
}

/** What AWS must allow for the way of access that the routing has, or that is chosen here. */
export function WaysToAllow({ destination, roleGrant }: WaysToAllowProps) {
  const present = destination.accessKeyIdLast4 === null ? 'role' : 'keys';
  const [way, setWay] = useState<AccessWay>(present);
  const access = way === 'role' && roleGrant !== null ? roleGrant : ({ kind: 'keys' } as const);
  if (destination.bucket === '') {
    return (
      <p className="text-muted">
        Once the customer has named the bucket, everything stands here with its name filled in.
      </p>
    );
  }
  return (
    <div className="grid gap-3">
      {roleGrant === null ? null : (
        <AccessWayRadios id="allow" label="Texts for" way={way} onChoose={setWay} />
      )}
      <PolicyGuide key={access.kind} destination={destination} access={access} />
    </div>
  );
}
