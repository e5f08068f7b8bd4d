'use client';

import { CopyBlock } from '@/components/ui/copy-block';
import type { GrantAccess } from '@/lib/domain/grant/grant-place';
import { trustPolicy } from '@/lib/domain/grant/trust-policy';

interface TrustGuideProps {
  readonly access: Extract<GrantAccess, { kind: 'role' }>;
  /** False where the external id stands beside it already. */
  readonly showsId: boolean;
}

/** Whom the role has to trust: our identity alone, with the external id. */
export function TrustGuide({ access, showsId }: TrustGuideProps) {
  return (
    <>
      <p className="max-w-[72ch]">
        Make an IAM role that trusts Sluice with this external ID. We made the ID for you; it is no secret,
        and it keeps others from getting in through us.
      </p>
      {showsId ? <CopyBlock what="external ID" text={access.externalId} /> : null}
      <CopyBlock what="trust policy" text={trustPolicy(access)} />
    </>
  );
}
