import type { GrantAccess } from './grant-place';
import { type TrustStatement, writePolicy } from './write-policy';

type RoleAccess = Extract<GrantAccess, { kind: 'role' }>;

/** Who may take on the role: our identity alone, and only with the organization's external id. */
export function trustStatements({ externalId, principalArn }: RoleAccess): readonly TrustStatement[] {
  return [
    {
      Sid: 'SluiceTakesOnTheRole',
      Effect: 'Allow',
      Principal: { AWS: principalArn },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': externalId } },
    },
  ];
}

/** The role's trust policy as JSON. */
export function trustPolicy(access: RoleAccess): string {
  return writePolicy(trustStatements(access));
}
