'use client';

import { Field } from '@/components/ui/field';
import type { PlaceBy } from '@/lib/domain/routing/draft';
import { ChoiceRadios } from './choice-radios';
import { EndpointField } from './endpoint-field';
import { FormSection } from './form-section';
import { MonoInput } from './mono-input';
import { PlaceFields } from './place-fields';
import type { PlaceState } from './use-place';

const CHOICES = [
  { id: 'us', label: 'Here', detail: 'you have its address' },
  { id: 'customer', label: 'The customer will tell us', detail: 'by their hand-over link' },
] as const;

interface WhereSectionProps {
  readonly state: PlaceState;
  readonly placeBy: PlaceBy;
  readonly onPlaceByChange: (by: PlaceBy) => void;
  readonly kmsKeyArn: string;
  readonly ownerAccountId: string;
  readonly onFact: (fact: { readonly kmsKeyArn?: string; readonly ownerAccountId?: string }) => void;
  readonly endpoints: readonly string[];
  readonly errorOf: (field: string) => string | undefined;
}

/** Where the files of a new routing go, or that its customer will say so. */
export function WhereSection(props: WhereSectionProps) {
  const { state, placeBy, endpoints, errorOf, onFact } = props;
  return (
    <FormSection
      number={2}
      title="Where to"
      lead="The bucket and the path inside it. Files are written below it, in folders by type, year, month, day and hour."
    >
      <ChoiceRadios
        name="placeBy"
        label="Who says where"
        choices={CHOICES}
        value={placeBy}
        onChoose={props.onPlaceByChange}
        error={errorOf('placeBy')}
      />
      {placeBy === 'us' ? (
        <>
          <PlaceFields
            state={state}
            kmsKeyArn={props.kmsKeyArn}
            onKmsKeyArnChange={(kmsKeyArn) => onFact({ kmsKeyArn })}
            endpoints={endpoints}
            errorOf={errorOf}
          />
          {state.place.endpoint === '' ? (
            <Field
              name="ownerAccountId"
              label="AWS account that owns the bucket"
              optional
              hint="12 digits. Leave it empty: the customer fills it in, you confirm it."
              error={errorOf('ownerAccountId')}
            >
              {(control) => (
                <MonoInput
                  {...control}
                  inputMode="numeric"
                  placeholder="1234 5678 9012"
                  value={props.ownerAccountId}
                  onValueChange={(ownerAccountId) => onFact({ ownerAccountId })}
                />
              )}
            </Field>
          ) : null}
        </>
      ) : (
        <EndpointField
          value={state.place.endpoint}
          onValueChange={(endpoint) => state.type('endpoint', endpoint)}
          endpoints={endpoints}
          error={errorOf('endpoint')}
        />
      )}
    </FormSection>
  );
}
