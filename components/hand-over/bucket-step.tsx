import type { FormAction } from '@/components/forms/action-result';
import { Fact, Mono } from '@/components/routings/connection/facts';
import { formatAccount } from '@/lib/domain/destination/account';
import type { HandOverPageView } from '@/lib/domain/hand-over/page-view';
import { PlaceForm } from './place-form';
import { StepCard } from './step-card';

interface BucketStepProps {
  readonly view: HandOverPageView;
  readonly action: FormAction;
}

/** Where the data will go. The place itself is decided by whoever asks, and confirmed by somebody signed in. */
export function BucketStep({ view, action }: BucketStepProps) {
  const { place, askedBy, submittedAt } = view;
  const { endpoint, bucket, region, prefix, kmsKeyArn, ownerAccountId } = place;
  const mayName = submittedAt === null && endpoint === '';
  if (bucket === '') {
    return (
      <StepCard number={1} title="Bucket">
        <PlaceForm endpoint={endpoint} action={action} />
      </StepCard>
    );
  }
  return (
    <StepCard number={1} title="Bucket">
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[10rem_minmax(0,1fr)] sm:gap-y-2">
        <Fact name="Bucket">
          <Mono>{bucket}</Mono>
        </Fact>
        <Fact name="Region">
          <Mono>{region}</Mono>
        </Fact>
        <Fact name="Prefix">
          {prefix === '' ? (
            <span className="text-muted">none: the root of the bucket</span>
          ) : (
            <Mono>{prefix}</Mono>
          )}
        </Fact>
        <Fact name="Encryption">
          {kmsKeyArn === null ? 'as the bucket is set up' : <Mono>{kmsKeyArn}</Mono>}
        </Fact>
        <Fact name="Owner account">
          {ownerAccountId === null ? (
            <span className="text-muted">not named yet{mayName ? ': you can name it below' : ''}</span>
          ) : (
            <Mono>{formatAccount(ownerAccountId)}</Mono>
          )}
        </Fact>
      </dl>
      <p className="text-muted text-sm">
        Not your bucket, or not this one? {askedBy.name} can change it: write to {askedBy.email}. Nothing is
        sent before somebody who is signed in has confirmed bucket and account.
      </p>
    </StepCard>
  );
}
