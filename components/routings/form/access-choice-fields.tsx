'use client';

import { Field } from '@/components/ui/field';
import { AccessFields } from './access-fields';
import { type AccessWay, AccessWayRadios } from './access-way-radios';
import { MonoInput } from './mono-input';

interface AccessChoiceFieldsProps {
  readonly errorOf: (field: string) => string | undefined;
  /** By which ways access may be given; where it is one, nothing is chosen. */
  readonly ways: readonly AccessWay[];
  /** Whether a role can be taken on at all; otherwise it is said, and keys are asked for. */
  readonly isRolePossible: boolean;
  readonly way: AccessWay;
  readonly onChoose: (way: AccessWay) => void;
}

/** Access as it is given: the ARN of a role, or a pair of keys. */
export function AccessChoiceFields(props: AccessChoiceFieldsProps) {
  const { errorOf, ways, isRolePossible, way, onChoose } = props;
  const [only] = ways.length === 1 ? ways : [];
  const given = only ?? way;
  return (
    <>
      {only === undefined ? (
        <AccessWayRadios id="way" label="Way of access" name="kind" way={way} onChoose={onChoose} />
      ) : (
        <input type="hidden" name="kind" value={only} />
      )}
      {isRolePossible ? null : (
        <p className="text-muted text-sm">
          Access by role is not set up here, or not for this store: give access keys of an IAM user.
        </p>
      )}
      {given === 'role' ? (
        <Field
          name="roleArn"
          label="Role ARN"
          hint="We take the role on with the external ID, and make sure that it refuses us without."
          error={errorOf('roleArn')}
        >
          {(control) => <MonoInput {...control} placeholder="arn:aws:iam::123456789012:role/…" />}
        </Field>
      ) : (
        <AccessFields errorOf={errorOf} />
      )}
    </>
  );
}
