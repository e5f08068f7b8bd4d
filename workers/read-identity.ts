import type { Env } from '@/lib/platform/env';
import type { AwsIdentity } from '@/lib/platform/sts/sts-clients';

/**
 * Who this worker is at AWS, when it takes on customers' roles: the given keys, else what the default chain finds. Null
 * without a principal that customers could trust. Rejects settings of which a part is missing.
 */
export function readIdentity(env: Env): AwsIdentity | null {
  const {
    SLUICE_AWS_PRINCIPAL_ARN: principalArn,
    SLUICE_AWS_ACCESS_KEY_ID: accessKeyId,
    SLUICE_AWS_SECRET_ACCESS_KEY: secretAccessKey,
  } = env;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    throw new Error('Set both SLUICE_AWS_ACCESS_KEY_ID and SLUICE_AWS_SECRET_ACCESS_KEY, or neither.');
  if (principalArn === undefined) {
    // They may be there for our own KMS key alone.
    if (accessKeyId === undefined || env.SLUICE_SEAL_KMS_KEY_ARN !== undefined) return null;
    throw new Error('SLUICE_AWS_PRINCIPAL_ARN is not set: customers’ roles must name whom they trust.');
  }
  return accessKeyId === undefined || secretAccessKey === undefined
    ? { kind: 'default_chain' }
    : { kind: 'keys', accessKeyId, secretAccessKey };
}
