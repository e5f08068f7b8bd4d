'use client';

import type { FormAction } from '@/components/forms/action-result';
import { DestinationForm } from '@/components/routings/form/destination-form';
import type { LastEdit } from '@/components/routings/last-edit';
import { s3Address } from '@/components/routings/place';
import type { RoutingView } from '@/lib/domain/routing/view';
import { DisclosedForm } from './disclosed-form';
import { Fact, Facts, Mono } from './facts';

interface DestinationCardProps {
  readonly routing: RoutingView;
  /** Absent for readers who may not change it. */
  readonly change?:
    | {
        readonly lastEdit: LastEdit | null;
        readonly endpoints: readonly string[];
        readonly action: FormAction<RoutingView>;
      }
    | undefined;
}

/** Where the files go now, and the way to change it. */
export function DestinationCard({ routing, change }: DestinationCardProps) {
  const { destination } = routing;
  return (
    <div className="rounded-card border border-border bg-surface">
      <Facts>
        <Fact name="Address">
          <Mono>{s3Address(destination)}</Mono>
        </Fact>
        {destination.bucket === '' ? null : <PlaceFacts destination={destination} />}
        <Fact name="Served by">
          {destination.endpoint === '' ? 'Amazon S3' : <Mono>{destination.endpoint}</Mono>}
        </Fact>
        <Fact name="Version">{destination.version}</Fact>
      </Facts>
      {change === undefined ? null : (
        <DisclosedForm label="Change destination">
          {(close) => <DestinationForm routing={routing} {...change} onSaved={close} />}
        </DisclosedForm>
      )}
    </div>
  );
}

function PlaceFacts({ destination }: Pick<RoutingView, 'destination'>) {
  return (
    <>
      <Fact name="Bucket">
        <Mono>{destination.bucket}</Mono>
      </Fact>
      <Fact name="Region">
        <Mono>{destination.region}</Mono>
      </Fact>
      <Fact name="Prefix">
        {destination.prefix === '' ? (
          <span className="text-muted">none: files lie at the root of the bucket</span>
        ) : (
          <Mono>{destination.prefix}</Mono>
        )}
      </Fact>
      <Fact name="Encryption">
        {destination.kmsKeyArn === null ? (
          'the bucket’s own'
        ) : (
          <>
            KMS key <Mono>{destination.kmsKeyArn}</Mono>
          </>
        )}
      </Fact>
    </>
  );
}
