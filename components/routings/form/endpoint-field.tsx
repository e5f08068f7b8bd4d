import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { AWS_CHOICE } from './aws-choice';

interface EndpointFieldProps {
  /** Empty for AWS. */
  readonly value: string;
  readonly onValueChange: (endpoint: string) => void;
  readonly endpoints: readonly string[];
  readonly error: string | undefined;
}

/** Who serves the bucket; not asked where there is only AWS. */
export function EndpointField({ value, onValueChange, endpoints, error }: EndpointFieldProps) {
  const choice = value === '' ? AWS_CHOICE : value;
  if (endpoints.length === 0) return <input type="hidden" name="endpoint" value={choice} />;
  // A place that the operator no longer allows stays visible until it is changed.
  const offered = value === '' || endpoints.includes(value) ? endpoints : [...endpoints, value];
  return (
    <Field name="endpoint" label="Served by" error={error}>
      {(control) => (
        <Select
          control={control}
          options={[
            { value: AWS_CHOICE, label: 'Amazon S3' },
            ...offered.map((url) => ({ value: url, label: url })),
          ]}
          value={choice}
          placeholder="Choose"
          onValueChange={(chosen) => onValueChange(chosen === AWS_CHOICE ? '' : chosen)}
        />
      )}
    </Field>
  );
}
