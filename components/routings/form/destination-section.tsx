'use client';

import { type ComponentProps, useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { REGIONS } from '@/lib/domain/destination/region';
import { AWS_CHOICE } from './aws-choice';
import { FormSection } from './form-section';

export interface DestinationDefaults {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly prefix: string;
  readonly kmsKeyArn: string;
}

interface DestinationSectionProps {
  readonly number?: number;
  readonly defaults: DestinationDefaults;
  /** Custom S3 servers the operator allows beside AWS. */
  readonly endpoints: readonly string[];
  readonly errorOf: (field: string) => string | undefined;
}

/** Where the files go: the place and its encryption. */
export function DestinationSection({ number, defaults, endpoints, errorOf }: DestinationSectionProps) {
  return (
    <FormSection
      number={number}
      title="Where to"
      lead="The bucket and the path inside it. Files are written below it, in folders by type, year, month, day and hour."
    >
      <EndpointField defaultValue={defaults.endpoint} endpoints={endpoints} error={errorOf('endpoint')} />
      <Field
        name="bucket"
        label="Bucket"
        hint="Only its name, for example aurora-events."
        error={errorOf('bucket')}
      >
        {(control) => <MonoInput {...control} defaultValue={defaults.bucket} />}
      </Field>
      <Field
        name="region"
        label="Region"
        hint="Where the bucket lies, for example eu-west-1."
        error={errorOf('region')}
      >
        {(control) => (
          <>
            <MonoInput {...control} defaultValue={defaults.region} list="regions" />
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
        {(control) => <MonoInput {...control} defaultValue={defaults.prefix} />}
      </Field>
      <Field
        name="kmsKeyArn"
        label="KMS key"
        optional
        hint="The full ARN of a customer-managed key in the bucket’s region. Leave it empty to use the bucket’s own encryption."
        error={errorOf('kmsKeyArn')}
      >
        {(control) => <MonoInput {...control} defaultValue={defaults.kmsKeyArn} />}
      </Field>
    </FormSection>
  );
}

function MonoInput(props: ComponentProps<'input'>) {
  return (
    <Input
      {...props}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      className="font-mono text-sm"
    />
  );
}

interface EndpointFieldProps {
  readonly defaultValue: string;
  readonly endpoints: readonly string[];
  readonly error: string | undefined;
}

function EndpointField({ defaultValue, endpoints, error }: EndpointFieldProps) {
  const [endpoint, setEndpoint] = useState(defaultValue === '' ? AWS_CHOICE : defaultValue);
  if (endpoints.length === 0) return <input type="hidden" name="endpoint" value={endpoint} />;
  const options = [
    { value: AWS_CHOICE, label: 'Amazon S3' },
    ...endpoints.map((url) => ({ value: url, label: url })),
  ];
  return (
    <Field name="endpoint" label="Served by" error={error}>
      {(control) => (
        <Select
          control={control}
          options={options}
          value={endpoint}
          placeholder="Choose"
          onValueChange={setEndpoint}
        />
      )}
    </Field>
  );
}
