'use client';

import { FormSection } from './form-section';
import { PlaceFields } from './place-fields';
import { usePlace } from './use-place';

export interface DestinationDefaults {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly prefix: string;
  readonly kmsKeyArn: string;
}

interface DestinationSectionProps {
  readonly lead: string;
  readonly defaults: DestinationDefaults;
  /** Custom S3 servers the operator allows beside AWS. */
  readonly endpoints: readonly string[];
  readonly errorOf: (field: string) => string | undefined;
}

/** Where the files go: the place and its encryption. */
export function DestinationSection({ lead, defaults, endpoints, errorOf }: DestinationSectionProps) {
  const { kmsKeyArn, ...initial } = defaults;
  const state = usePlace(initial, endpoints);
  return (
    <FormSection title="Where to" lead={lead}>
      <PlaceFields state={state} kmsKeyArn={kmsKeyArn} endpoints={endpoints} errorOf={errorOf} />
    </FormSection>
  );
}
