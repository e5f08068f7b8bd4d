import { Field } from '@/components/ui/field';
import { REGIONS } from '@/lib/domain/destination/region';
import { EndpointField } from './endpoint-field';
import { MonoInput } from './mono-input';
import { PasteField } from './paste-field';
import type { PlaceState } from './use-place';

interface PlaceFieldsProps {
  readonly state: PlaceState;
  readonly kmsKeyArn: string;
  readonly onKmsKeyArnChange?: (arn: string) => void;
  /** Custom S3 servers to choose among beside AWS; absent where the server is decided. */
  readonly endpoints?: readonly string[];
  readonly errorOf: (field: string) => string | undefined;
}

/** A place and its encryption, typed or filled from whatever is pasted. */
export function PlaceFields(props: PlaceFieldsProps) {
  const { state, kmsKeyArn, onKmsKeyArnChange, endpoints, errorOf } = props;
  const text = (field: 'bucket' | 'region' | 'prefix') => ({
    value: state.place[field],
    isTaken: state.filled.includes(field),
    onValueChange: (value: string) => state.type(field, value),
  });
  return (
    <>
      <PasteField state={state} />
      {endpoints === undefined ? null : (
        <EndpointField
          value={state.place.endpoint}
          onValueChange={(endpoint) => state.type('endpoint', endpoint)}
          endpoints={endpoints}
          error={errorOf('endpoint')}
        />
      )}
      <Field
        name="bucket"
        label="Bucket"
        hint="Only its name, for example aurora-events."
        error={errorOf('bucket')}
      >
        {(control) => <MonoInput {...control} {...text('bucket')} />}
      </Field>
      <Field
        name="region"
        label="Region"
        hint="Where the bucket lies, for example eu-west-1."
        error={errorOf('region')}
      >
        {(control) => (
          <>
            <MonoInput {...control} {...text('region')} list="regions" />
            <datalist id="regions">
              {REGIONS.map((region) => (
                <option key={region} value={region} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field
        name="prefix"
        label="Prefix"
        optional
        hint="The path inside the bucket, for example sluice/. Leave it empty to write at the root."
        error={errorOf('prefix')}
      >
        {(control) => <MonoInput {...control} {...text('prefix')} />}
      </Field>
      <Field
        name="kmsKeyArn"
        label="KMS key"
        optional
        hint="The full ARN of a customer-managed key in the bucket’s region. Leave it empty to use the bucket’s own encryption."
        error={errorOf('kmsKeyArn')}
      >
        {(control) => (
          <MonoInput
            {...control}
            defaultValue={kmsKeyArn}
            {...(onKmsKeyArnChange === undefined ? {} : { onValueChange: onKmsKeyArnChange })}
          />
        )}
      </Field>
    </>
  );
}
