'use client';

import { useState } from 'react';
import type { FormAction } from '@/components/forms/action-result';
import { Mono } from '@/components/routings/connection/facts';
import type { AccessWay } from '@/components/routings/form/access-way-radios';
import { ExactTime } from '@/components/time/exact-time';
import { Button } from '@/components/ui/button';
import type { HandOverPageView } from '@/lib/domain/hand-over/page-view';
import { AccessForm } from './access-form';
import { DisclosedPolicy } from './disclosed-policy';
import { StepCard } from './step-card';

interface AccessStepProps {
  readonly view: HandOverPageView;
  readonly now: Date;
  readonly action: FormAction;
}

/** How the access is made at AWS, with every name filled in, and where it is handed over. */
export function AccessStep({ view, now, action }: AccessStepProps) {
  const { access, submittedAt, ways } = view;
  const [isReplacing, setReplacing] = useState(false);
  const [way, setWay] = useState<AccessWay>(ways[0] ?? 'keys');
  const { externalId, principalArn } = view;
  const isRole = principalArn !== null && way === 'role';
  const isAsked = submittedAt === null && (access === null || isReplacing);
  if (view.place.bucket === '') {
    return (
      <StepCard number={2} title="Access">
        <p className="text-muted">
          Once the bucket is named, everything for AWS stands here with its name filled in.
        </p>
      </StepCard>
    );
  }
  return (
    <StepCard number={2} title="Access">
      {access === null ? null : <Given view={view} now={now} />}
      {isAsked ? (
        <>
          <p>
            {isRole
              ? 'Make an IAM role at AWS that trusts us with the external ID below, attach the policy to it, and enter its ARN here.'
              : 'Make an IAM user at AWS that does nothing else, attach the policy below to it, make an access key for it, and enter that key here.'}
          </p>
          <DisclosedPolicy
            key={isRole ? 'role' : 'keys'}
            place={view.place}
            access={isRole ? { kind: 'role', externalId, principalArn } : { kind: 'keys' }}
          />
          <AccessForm
            view={view}
            action={action}
            way={way}
            onChoose={setWay}
            onStored={() => setReplacing(false)}
          />
        </>
      ) : null}
      {access !== null && submittedAt === null && !isReplacing ? (
        <Button size="sm" className="w-fit" onClick={() => setReplacing(true)}>
          Replace it
        </Button>
      ) : null}
    </StepCard>
  );
}

function Given({ view: { access, accessGivenAt }, now }: Pick<AccessStepProps, 'view' | 'now'>) {
  if (access === null || accessGivenAt === null) return null;
  return (
    <p>
      {access.kind === 'keys' ? (
        <>
          Access key that ends in <Mono>{access.accessKeyIdLast4}</Mono>
        </>
      ) : (
        <>
          Role <Mono>{access.roleArn}</Mono>
        </>
      )}
      , given to us <ExactTime at={new Date(accessGivenAt)} now={now} />.{' '}
      {access.kind === 'keys' ? 'It is stored encrypted and never shown again.' : 'It holds no secret.'}
    </p>
  );
}
