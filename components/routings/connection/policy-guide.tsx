'use client';

import { CopyBlock } from '@/components/ui/copy-block';
import { guidePolicy, leastPolicy } from '@/lib/domain/grant/access-policy';
import type { GrantAccess } from '@/lib/domain/grant/grant-place';
import type { DestinationView } from '@/lib/domain/routing/view';
import { DisclosedForm } from './disclosed-form';
import { GrantFormats } from './grant-formats';
import { TrustGuide } from './trust-guide';

interface PolicyGuideProps {
  readonly destination: Pick<DestinationView, 'bucket' | 'prefix' | 'kmsKeyArn' | 'region'>;
  /** Whose policies they are. */
  readonly access: GrantAccess;
  /** False where the external id stands beside it already. */
  readonly showsId?: boolean;
}

/** What AWS must allow, ready to copy: the least, and the broad grant of the setup guide, with what sets them apart. */
export function PolicyGuide({ destination, access, showsId = true }: PolicyGuideProps) {
  const isRole = access.kind === 'role';
  const hasKey = destination.kmsKeyArn !== null;
  return (
    <div className="rounded-card border border-border bg-surface">
      <div className="grid gap-4 p-4 sm:p-6">
        {isRole ? <TrustGuide access={access} showsId={showsId} /> : null}
        <p className="max-w-[72ch]">
          Attach this policy to {isRole ? 'the role' : 'the IAM user whose access keys Sluice uses'}. It
          allows what Sluice needs for this destination, and no more.
        </p>
        <CopyBlock what="policy" text={leastPolicy(destination)} />
        <ul className="grid max-w-[72ch] list-disc gap-1 pl-5 text-muted text-sm">
          <li>
            <strong className="font-medium text-text">Required</strong> statements make delivery work. Reading
            is among them: after a lost answer Sluice looks whether its own file is there already.
          </li>
          <li>
            <strong className="font-medium text-text">Optional</strong> statements let Sluice look at the
            bucket’s settings, see its own files and tidy up after its checks. Leave them out if you like.
          </li>
          {hasKey ? (
            <li>
              The policy of the KMS key must let the same {isRole ? 'role' : 'user'} use the key: both have to
              allow it.
            </li>
          ) : null}
          <li>Keep public access to the bucket blocked; Sluice never needs it.</li>
        </ul>
      </div>
      <GrantFormats place={{ ...destination, access }} />
      <DisclosedForm label="Show the setup guide’s broad grant">
        {() => (
          <div className="grid gap-4 p-4 sm:p-6">
            <p className="max-w-[72ch]">
              This is what the setup guide asks for. It works as well, and allows far more: to read, overwrite
              and delete everything in the bucket, and with <code className="font-mono text-xs">Put*</code>{' '}
              and <code className="font-mono text-xs">Delete*</code> also to change the bucket itself, for
              example its policy, its encryption and its lifecycle rules. Prefer the policy above.
            </p>
            <CopyBlock what="broad policy" text={guidePolicy(destination)} />
          </div>
        )}
      </DisclosedForm>
    </div>
  );
}
