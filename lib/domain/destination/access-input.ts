import { z } from 'zod';
import { type AccessKeys, accessKeyIdFault, secretAccessKeyFault, stripPasted } from './access-key';
import { roleArnFault } from './role-arn';

/** Access as it is given: the keys of an IAM user, or a role that trusts us with the organization's external id. */
export type GivenAccess =
  | ({ readonly kind: 'keys' } & AccessKeys)
  | { readonly kind: 'role'; readonly roleArn: string };

const pasted = (missing: string) => z.string({ error: missing }).transform(stripPasted);

/**
 * Access as forms, the API and hand-over links take it; without a kind it is keys. Pasted spaces and quotes are taken
 * off. The signs of keys are judged by `accessInputFaults`, once it is known whether the bucket is at AWS.
 */
export const accessInputSchema = z
  .preprocess(
    withKind,
    z.discriminatedUnion(
      'kind',
      [
        z.object({
          kind: z.literal('keys'),
          accessKeyId: pasted('Enter the access key ID.'),
          secretAccessKey: pasted('Enter the secret access key.'),
        }),
        z.object({ kind: z.literal('role'), roleArn: pasted('Enter the ARN of the role.') }),
      ],
      { error: 'Say how access is given: keys or role.' },
    ),
  )
  .transform((access): GivenAccess => access);

/** Access as it is sent. */
export type AccessInput =
  | { readonly kind?: 'keys'; readonly accessKeyId: string; readonly secretAccessKey: string }
  | { readonly kind: 'role'; readonly roleArn: string };

/** What is wrong with given access, by field; empty when nothing is. `isAws` is false for other S3 servers. */
export function accessInputFaults(access: GivenAccess, isAws: boolean): readonly [string, string][] {
  const faults: [string, string | null][] =
    access.kind === 'role'
      ? [['roleArn', roleArnFault(access.roleArn)]]
      : [
          ['accessKeyId', accessKeyIdFault(access.accessKeyId, isAws)],
          ['secretAccessKey', secretAccessKeyFault(access.secretAccessKey, isAws)],
        ];
  return faults.flatMap(([field, message]): [string, string][] =>
    message === null ? [] : [[field, message]],
  );
}

function withKind(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  return 'kind' in given && given.kind !== undefined && given.kind !== ''
    ? given
    : { ...given, kind: 'keys' };
}
